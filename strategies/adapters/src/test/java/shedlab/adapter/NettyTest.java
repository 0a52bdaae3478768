package shedlab.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static shedlab.adapter.AdapterContract.await;
import static shedlab.adapter.AdapterContract.idle;

import example.NettyExample;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shedlab.adapter.netty.SheddingHandler;
import shedlab.admission.Shed;

final class NettyTest implements AdapterContract {
  @Override
  public Running start(ServiceGate gate, Service service) throws Exception {
    NettyExample server = new NettyExample(0, gate, request -> answer(service, request.uri()));
    InetSocketAddress address = (InetSocketAddress) server.listener().localAddress();
    return new Running(address.getPort(), server);
  }

  private static FullHttpResponse answer(Service service, String path) {
    try {
      return NettyExample.response(HttpResponseStatus.valueOf(service.serve(path)), path);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClientThatLeavesWhileItWaitsIsAbandonedAtOnce() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1+fifo:capacity=4,timeout=60min");
        Running server = start(gate, work)) {
      var first = server.ask("/first");
      await("the first is at work", () -> work.atWork() == 1);
      try (Socket leaving = server.send("/leaving")) {
        await("it waits", () -> gate.admission().stats().waiting() == 1);
        leaving.setSoLinger(true, 0);
      }

      await("nothing waits", () -> gate.admission().stats().waiting() == 0);
      assertThat(gate.admission().stats().shed()).containsEntry(Shed.ABANDONED, 1L);
      work.end(1);
      assertThat(first.join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aServiceThatDoesNotAnswerAClosedChannelHoldsItsPermitAsLongAsTheRequest() throws Exception {
    List<FullHttpRequest> atWork = new ArrayList<>();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1")) {
      EmbeddedChannel channel =
          new EmbeddedChannel(new SheddingHandler(gate), new Collecting(atWork));
      channel.writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
      channel.pipeline().fireChannelInactive(); // close() would cancel what is scheduled
      channel.runScheduledPendingTasks();
      assertThat(gate.admission().stats().inflight()).isEqualTo(1);
      atWork.get(0).release();

      await(
          "its permit returns",
          () -> {
            channel.runScheduledPendingTasks();
            return idle(gate);
          });
    }
  }

  @Test
  void aRequestThatIsNotCountedGivesItsPermitBackWhenTheChannelCloses() throws Exception {
    List<FullHttpRequest> atWork = new ArrayList<>();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1")) {
      EmbeddedChannel channel =
          new EmbeddedChannel(new SheddingHandler(gate), new Collecting(atWork));
      channel.writeInbound(
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER));
      assertThat(gate.admission().stats().inflight()).isEqualTo(1);
      channel.close().sync();

      assertThat(idle(gate)).isTrue();
    }
  }

  /** As many as one read brings; Netty itself closes a connection with many more. */
  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    String[] paths = IntStream.range(0, 60).mapToObj(i -> "/" + i).toArray(String[]::new);
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1");
        Running server = start(gate, path -> 200);
        Socket pipelining = server.send(paths)) {
      String answers = Running.all(pipelining);

      assertThat(AdapterContract.found("\r\n\r\n(/\\d+)", answers)).containsExactly(paths);
      await("all permits return", () -> idle(gate));
    }
  }

  @Test
  void aThousandPipelinedRequestsAreRefusedWithoutRecursion() throws Exception {
    String[] paths = IntStream.range(0, 1_000).mapToObj(i -> "/" + i).toArray(String[]::new);
    try (ServiceGate gate = ServiceGate.of("reject-all+none");
        Running server = start(gate, path -> 200);
        Socket pipelining = server.send(paths)) {
      String answers = Running.all(pipelining);

      assertThat(AdapterContract.found("HTTP/1.1 (\\d+)", answers))
          .hasSize(1_000)
          .containsOnly("429");
    }
  }

  @Test
  void aPipelineWithoutAggregatorIsRefusedInsteadOfUnguarded() {
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1")) {
      EmbeddedChannel channel = new EmbeddedChannel(new SheddingHandler(gate));

      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  channel.writeInbound(
                      new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/")))
          .withMessageContaining("expected: HttpObjectAggregator");
    }
  }

  /** A service that never answers. */
  private static final class Collecting extends ChannelInboundHandlerAdapter {
    private final List<FullHttpRequest> requests;

    Collecting(List<FullHttpRequest> requests) {
      this.requests = requests;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      requests.add((FullHttpRequest) message);
    }
  }
}
