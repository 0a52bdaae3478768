package shedlab.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static shedlab.adapter.AdapterContract.await;
import static shedlab.adapter.AdapterContract.idle;

import example.NettyExample;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shedlab.adapter.netty.SheddingHandler;
import shedlab.admission.Shed;

final class NettyTest implements AdapterContract {
  @Override
  public Running start(ServiceGate gate, Service service) throws Exception {
    NettyExample server = new NettyExample(0, gate, () -> new Serving(service));
    InetSocketAddress address = (InetSocketAddress) server.listener().localAddress();
    return new Running(address.getPort(), server);
  }

  @Test
  void aClientThatLeavesWhileItWaitsIsAbandonedAtOnce() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1+fifo:capacity=4,timeout=1h");
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

  /** A service often does not write to a channel that has closed; its permit must return. */
  @Test
  void thePermitOfAClosedChannelReturnsWhenTheWorkEnds() throws Exception {
    Held work = new Held();
    EventExecutorGroup workers = new DefaultEventExecutorGroup(1);
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1")) {
      EmbeddedChannel channel = new EmbeddedChannel();
      channel.pipeline().addLast(new SheddingHandler(gate)).addLast(workers, new Serving(work));
      channel.writeInbound(
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
      await("it is at work", () -> work.atWork() == 1);
      channel.close().sync();
      assertThat(gate.admission().stats().inflight()).isEqualTo(1);
      work.end(1);

      await("its permit returns", () -> idle(gate));
    } finally {
      workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  @Test
  void aThousandPipelinedRequestsAreAnsweredInOrder() throws Exception {
    String[] paths = IntStream.range(0, 1_000).mapToObj(i -> "/" + i).toArray(String[]::new);
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1");
        Running server = start(gate, path -> 200);
        Socket pipelining = server.send(paths)) {
      String answers = Running.all(pipelining);

      int at = 0;
      for (String path : paths) {
        at = answers.indexOf("\r\n\r\n" + path, at);
        assertThat(at).as(path).isNotNegative();
      }
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

      assertThat(answers.split("HTTP/1.1 429 ", -1)).hasSize(1_001);
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

  @SuppressWarnings("FutureReturnValueIgnored") // a write fails if the client is gone
  private static final class Serving extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Service service;

    Serving(Service service) {
      this.service = service;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws Exception {
      int status = service.serve(request.uri());
      if (context.channel().isActive()) {
        context.writeAndFlush(
            NettyExample.response(HttpResponseStatus.valueOf(status), request.uri()));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.writeAndFlush(
          NettyExample.response(HttpResponseStatus.INTERNAL_SERVER_ERROR, "a bug"));
    }
  }
}
