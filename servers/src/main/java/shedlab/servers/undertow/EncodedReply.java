package shedlab.servers.undertow;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSinkChannel;

/**
 * Sends a reply that comes encoded past Undertow's response: no header map, no sender, one write of
 * one buffer. Undertow then goes on with the connection as after a response of its own. Usually the
 * socket takes it all at once; what it does not take is sent when it is writable again. On the I/O
 * thread only.
 */
final class EncodedReply implements ChannelListener<ConduitStreamSinkChannel> {
  private final HttpServerExchange exchange;
  private final ByteBuffer rest;

  private EncodedReply(HttpServerExchange exchange, ByteBuffer rest) {
    this.exchange = exchange;
    this.rest = rest;
  }

  /** Sends it on an HTTP/1.1 connection, whose exchange has no response yet. */
  static void send(HttpServerExchange exchange, ByteBuffer reply) {
    ConduitStreamSinkChannel sink =
        ((HttpServerConnection) exchange.getConnection()).getChannel().getSinkChannel();
    try {
      if (isOut(sink, reply)) {
        Connectors.terminateResponse(exchange);
      } else {
        sink.setWriteListener(new EncodedReply(exchange, reply));
        sink.resumeWrites();
      }
    } catch (IOException e) {
      left(exchange);
    }
  }

  private static void left(HttpServerExchange exchange) {
    IoUtils.safeClose(exchange.getConnection());
    exchange.endExchange(); // what waits for its end is told
  }

  private static boolean isOut(ConduitStreamSinkChannel sink, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (sink.write(bytes) == 0) {
        return false;
      }
    }
    return sink.flush(); // over TLS, bytes may be left below
  }

  @Override
  public void handleEvent(ConduitStreamSinkChannel sink) {
    try {
      if (isOut(sink, rest)) {
        sink.suspendWrites();
        sink.setWriteListener(null);
        Connectors.terminateResponse(exchange);
      }
    } catch (IOException e) {
      left(exchange);
    }
  }
}
