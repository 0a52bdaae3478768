package shedlab.servers.undertow;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;
import shedlab.servers.endpoint.Presence;

/**
 * Notices that a client closes its connection while its request waits. Undertow does not read
 * during a request, so it would notice only when it writes; this class goes on reading below
 * Undertow's request body. Bytes that arrive instead of the end are the next request: they are
 * given back to Undertow and the watch is over, which bounds the memory that a client can occupy.
 * After the end of the client's stream, {@link Presence} tells whether it still reads. On the I/O
 * thread only.
 */
final class CloseWatch implements ChannelListener<ConduitStreamSourceChannel> {
  private final HttpServerConnection connection;
  private final ConduitStreamSourceChannel source;
  private final StreamSourceConduit conduit;
  private final @Nullable ChannelListener<? super ConduitStreamSourceChannel> before;
  private final boolean takesInterim;
  private final Runnable action;
  private boolean over;

  private CloseWatch(HttpServerConnection connection, boolean takesInterim, Runnable action) {
    this.connection = connection;
    this.takesInterim = takesInterim;
    this.source = connection.getChannel().getSourceChannel();
    this.conduit = connection.getOriginalSourceConduit();
    this.before = source.getReadListener();
    this.action = action;
  }

  /**
   * Begins, unless there is nothing left to watch.
   *
   * @param takesInterim whether the client can read an interim response
   */
  static @Nullable CloseWatch begin(
      ServerConnection connection, boolean takesInterim, Runnable action) {
    if (!connection.isOpen()) {
      action.run();
      return null;
    }
    if (!(connection instanceof HttpServerConnection http) || http.getExtraBytes() != null) {
      return null; // the next request is here already
    }
    CloseWatch watch = new CloseWatch(http, takesInterim, action);
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
    } catch (IOException e) { // a reset
      pooled.close();
      left();
      return;
    }
    if (read > 0) {
      pooled.getBuffer().flip();
      connection.ungetRequestBytes(pooled);
      end();
      return;
    }
    pooled.close();
    if (read < 0) {
      conduit.suspendReads();
      if (takesInterim) {
        probe(0);
      }
    }
  }

  private void probe(long pauseMillis) {
    if (over) {
      return;
    }
    ByteBuffer interim = Presence.interim();
    try {
      connection.getOriginalSinkConduit().write(interim);
    } catch (IOException e) {
      left();
      return;
    }
    if (interim.hasRemaining() && interim.position() > 0) { // it does not read: no room for a line
      IoUtils.safeClose(connection);
      left();
      return;
    }
    long pause = Presence.pauseMillis(pauseMillis);
    connection.getIoThread().executeAfter(() -> probe(pause), pause, TimeUnit.MILLISECONDS);
  }

  private void left() {
    end();
    action.run();
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
