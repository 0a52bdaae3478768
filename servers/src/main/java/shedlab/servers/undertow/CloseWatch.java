package shedlab.servers.undertow;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Notices that a client closes its connection while its request waits. Undertow does not read
 * during a request, so it would notice only when it writes; this class goes on reading below
 * Undertow's request body. Bytes that arrive instead of the end are the next request: they are
 * given back to Undertow and the watch is over, which bounds the memory that a client can occupy.
 * On the I/O thread only.
 */
final class CloseWatch implements ChannelListener<ConduitStreamSourceChannel> {
  private final HttpServerConnection connection;
  private final ConduitStreamSourceChannel source;
  private final StreamSourceConduit conduit;
  private final @Nullable ChannelListener<? super ConduitStreamSourceChannel> before;
  private final Runnable action;
  private boolean over;

  private CloseWatch(HttpServerConnection connection, Runnable action) {
    this.connection = connection;
    this.source = connection.getChannel().getSourceChannel();
    this.conduit = connection.getOriginalSourceConduit();
    this.before = source.getReadListener();
    this.action = action;
  }

  static @Nullable CloseWatch begin(ServerConnection connection, Runnable action) {
    if (!connection.isOpen()) {
      action.run();
      return null;
    }
    if (!(connection instanceof HttpServerConnection http) || http.getExtraBytes() != null) {
      return null; // the next request is here already
    }
    CloseWatch watch = new CloseWatch(http, action);
    watch.source.setReadListener(watch);
    watch.conduit.resumeReads();
    return watch;
  }

  @Override
  public void handleEvent(ConduitStreamSourceChannel ready) {
    if (over) {
      return;
    }
    PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
    int read;
    try {
      read = conduit.read(pooled.getBuffer());
    } catch (IOException e) {
      read = -1;
    }
    if (read > 0) {
      pooled.getBuffer().flip();
      connection.ungetRequestBytes(pooled);
      end();
      return;
    }
    pooled.close();
    if (read < 0) {
      end();
      action.run();
    }
  }

  /** Gives the connection back to Undertow. A second call does nothing. */
  void end() {
    if (!over) {
      over = true;
      conduit.suspendReads();
      source.setReadListener(before);
    }
  }
}
