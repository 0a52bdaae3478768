package shedlab.servers.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Presence;

/**
 * A connection that notices when its client closes it while a request waits. Jetty does not read
 * during a request, so it would notice only when it writes; this class goes on reading below
 * Jetty's HTTP connection. Bytes that arrive instead of the end are the next request: they are kept
 * for Jetty and the watch is over, which bounds the memory that a client can occupy. After the end
 * of the client's stream, {@link Presence} tells whether it still reads.
 *
 * <p>An end point has one reader at a time. While the watch is that reader, a reader that Jetty
 * registers is parked and told when the watch's turn comes. Guarded by this; workers never come
 * here.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
  private static final int KEPT_BYTES = 4 * 1024;

  private final Executor executor;
  private final Callback watcher =
      new Callback() {
        @Override
        public void succeeded() {
          readable();
        }

        @Override
        public void failed(Throwable cause) {
          broken(cause);
        }

        @Override
        public InvocationType getInvocationType() {
          return InvocationType.NON_BLOCKING;
        }
      };

  private @Nullable Runnable action;
  private @Nullable Callback parked;
  private @Nullable ByteBuffer kept;
  private boolean watching;
  private boolean ended;

  /** Whether the client can read an interim response. */
  private boolean takesInterim;

  /** Whether nothing has been written since the watch began. */
  private boolean unanswered;

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
  }

  /** Runs the action, on any thread, if the client leaves before the next request. */
  void watch(boolean takesInterim, Runnable action) {
    synchronized (this) {
      this.action = action;
      this.takesInterim = takesInterim;
      unanswered = true;
      if (!ended) {
        if (!watching && !hasKept()) {
          watching = super.tryFillInterested(watcher);
        }
        return;
      }
    }
    probe(action, 0);
  }

  /** Runs the watch's action if an interim response cannot be sent. */
  private void probe(Runnable watch, long pauseMillis) {
    synchronized (this) {
      if (action != watch || !unanswered || !takesInterim) {
        return;
      }
      if (isThere()) {
        long pause = Presence.pauseMillis(pauseMillis);
        getScheduler().schedule(() -> probe(watch, pause), pause, TimeUnit.MILLISECONDS);
        return;
      }
      action = null;
    }
    watch.run();
  }

  private boolean isThere() {
    ByteBuffer interim = Presence.interim();
    try {
      if (super.flush(interim) || interim.position() == 0) {
        return true;
      }
      close(); // it does not read: there is no room for a line
    } catch (IOException e) {
      // It has gone.
    }
    return false;
  }

  private void readable() {
    Callback reader;
    Runnable left = null;
    synchronized (this) {
      watching = false;
      reader = parked;
      parked = null;
      if (reader == null) {
        left = look();
      }
    }
    if (reader != null) {
      reader.succeeded();
    }
    if (left != null) {
      left.run();
    }
  }

  /**
   * Reads what there is: the end, the next request, or nothing after all. Returns what is then to
   * be done. Reads the channel itself: {@code fill} does not tell a reset from the end.
   */
  private @Nullable Runnable look() {
    ByteBuffer buffer = BufferUtil.allocate(KEPT_BYTES);
    Runnable watch = action;
    int read;
    try {
      int position = BufferUtil.flipToFill(buffer);
      try {
        read = getChannel().read(buffer);
      } finally {
        BufferUtil.flipToFlush(buffer, position);
      }
    } catch (IOException e) {
      ended = true;
      action = null;
      return watch;
    }
    if (read == 0) {
      watching = super.tryFillInterested(watcher);
      return null;
    }
    if (read > 0) {
      kept = buffer;
      action = null;
      return null;
    }
    ended = true;
    return watch == null ? null : () -> probe(watch, 0);
  }

  private void broken(Throwable cause) {
    Callback reader;
    Runnable left;
    synchronized (this) {
      watching = false;
      ended = true;
      reader = parked;
      parked = null;
      left = action;
      action = null;
    }
    if (reader != null) {
      reader.failed(cause);
    }
    if (left != null) {
      left.run();
    }
  }

  private boolean hasKept() {
    return kept != null && kept.hasRemaining();
  }

  @Override
  public void fillInterested(Callback reader) {
    if (!tryFillInterested(reader)) {
      throw new ReadPendingException();
    }
  }

  @Override
  public boolean tryFillInterested(Callback reader) {
    synchronized (this) {
      action = null;
      if (watching) {
        if (parked != null) {
          return false;
        }
        parked = reader;
        return true;
      }
      if (!hasKept() && !ended) {
        return super.tryFillInterested(reader);
      }
    }
    executor.execute(reader::succeeded);
    return true;
  }

  /** Jetty asks when a request is complete, and takes a pending read for an error. */
  @Override
  public boolean isFillInterested() {
    synchronized (this) {
      return watching ? parked != null : super.isFillInterested();
    }
  }

  /** Replies go through here: no interim response after the first byte of one. */
  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    synchronized (this) {
      unanswered = false;
    }
    return super.flush(buffers);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (this) {
      if (kept != null && kept.hasRemaining()) {
        int moved = BufferUtil.append(buffer, kept);
        if (!kept.hasRemaining()) {
          kept = null;
        }
        return moved;
      }
    }
    return super.fill(buffer);
  }
}
