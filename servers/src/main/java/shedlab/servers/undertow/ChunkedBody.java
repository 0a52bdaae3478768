package shedlab.servers.undertow;

import io.undertow.conduits.ChunkedStreamSourceConduit;
import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import org.xnio.conduits.PushBackStreamSourceConduit;

/**
 * Undertow's reader of a chunked body, but for what it does with a malformed chunk: it takes many
 * for something else, see {@link ChunkFraming}, and closes the connection at others without an
 * answer. This one only fails, so that the request can be refused.
 */
final class ChunkedBody extends ChunkedStreamSourceConduit {
  private final HttpServerExchange exchange;

  private ChunkedBody(
      HttpServerExchange exchange,
      HttpServerConnection connection,
      PushBackStreamSourceConduit bytes) {
    super(
        bytes,
        bytes,
        connection.getByteBufferPool(),
        body -> ended(exchange, connection, bytes),
        exchange,
        () -> {});
    this.exchange = exchange;
  }

  /** Lets the body of this request be read by this class, if it is chunked. */
  static void of(HttpServerExchange exchange) {
    if (exchange.getConnection() instanceof HttpServerConnection connection) {
      var source = connection.getChannel().getSourceChannel();
      if (source.getConduit() instanceof ChunkedStreamSourceConduit) {
        source.setConduit(
            new ChunkedBody(
                exchange,
                connection,
                new PushBackStreamSourceConduit(
                    new ChunkFraming(
                        new ReadDataStreamSourceConduit(
                            connection.getOriginalSourceConduit(), connection)))));
      }
    }
  }

  /** The body has been read. What was read behind it is the next request. */
  private static void ended(
      HttpServerExchange exchange,
      HttpServerConnection connection,
      PushBackStreamSourceConduit bytes) {
    PooledByteBuffer rest = connection.getByteBufferPool().allocate();
    int read;
    try {
      read = bytes.read(rest.getBuffer());
    } catch (IOException e) {
      read = -1; // the next read will fail too
    }
    if (read > 0) {
      rest.getBuffer().flip();
      connection.ungetRequestBytes(rest);
    } else {
      rest.close();
    }
    Connectors.terminateRequest(exchange);
  }

  @Override
  public void terminateReads() {
    if (!isFinished()) {
      exchange.setPersistent(false);
    }
  }
}
