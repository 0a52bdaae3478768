package shedlab.servers.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import shedlab.servers.endpoint.Endpoint;

/**
 * Stops accepting while as many connections are open as may be, and goes on when one has closed.
 * For a listener that accepts one connection at a time. Undertow and Jetty have their own. Closes
 * connections that the endpoint does not take.
 */
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final int most;
  private final Endpoint endpoint;
  private final AtomicInteger open = new AtomicInteger();

  ConnectionLimit(int most, Endpoint endpoint) {
    this.most = most;
    this.endpoint = endpoint;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the future of a close is only listened to
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel connection = (Channel) accepted;
    if (!endpoint.takesConnection()) { // before it has an event loop
      connection.unsafe().closeForcibly();
      return;
    }
    Channel listener = context.channel();
    if (open.incrementAndGet() >= most) {
      listener.config().setAutoRead(false);
      if (open.get() < most) { // one has closed meanwhile
        listener.config().setAutoRead(true);
      }
    }
    connection
        .closeFuture()
        .addListener(
            closed -> {
              open.decrementAndGet();
              listener.config().setAutoRead(true);
            });
    context.fireChannelRead(accepted);
  }
}
