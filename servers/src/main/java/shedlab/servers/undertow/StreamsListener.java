package shedlab.servers.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.http2.AbstractHttp2StreamSourceChannel;
import io.undertow.protocols.http2.Http2Channel;
import io.undertow.protocols.http2.Http2RstStreamStreamSourceChannel;
import io.undertow.protocols.http2.Http2StreamSourceChannel;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http2.Http2ReceiveListener;
import io.undertow.server.protocol.http2.Http2ServerConnection;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import shedlab.servers.host.ServerConfig;

/**
 * Connections of HTTP/2. As Undertow's {@code Http2OpenListener}, but that a stream can be reset
 * with REFUSED_STREAM, and that a request learns that its client has reset its stream: Undertow
 * resets with CANCEL alone, and tells a request when it writes its answer.
 */
final class StreamsListener implements DelegateOpenListener {
  private static final AttachmentKey<Streams> STREAMS = AttachmentKey.create(Streams.class);

  private final ByteBufferPool buffers;
  private final int bufferBytes;
  private final Set<Http2Channel> open = ConcurrentHashMap.newKeySet();
  private OptionMap options;
  private HttpHandler handler = exchange -> {};

  StreamsListener(ByteBufferPool buffers, int bufferBytes, OptionMap options) {
    this.buffers = buffers;
    this.bufferBytes = bufferBytes;
    this.options = options;
  }

  /** One connection, which knows its requests by their streams. On its I/O thread only. */
  private static final class Streams extends Http2Channel {
    private final Map<Integer, Runnable> waiting = new HashMap<>();
    private int latest;

    Streams(
        StreamConnection connection,
        ByteBufferPool buffers,
        @Nullable PooledByteBuffer read,
        OptionMap options) {
      super(connection, null, buffers, read, false, false, options);
      addCloseTask(closed -> List.copyOf(waiting.keySet()).forEach(this::left));
    }

    @Override
    public synchronized @Nullable AbstractHttp2StreamSourceChannel receive() throws IOException {
      AbstractHttp2StreamSourceChannel received = super.receive();
      if (received instanceof Http2StreamSourceChannel request) {
        latest = request.getStreamId();
      } else if (received instanceof Http2RstStreamStreamSourceChannel reset) {
        left(reset.getStreamId());
      }
      return received;
    }

    private void left(int id) {
      Runnable action = waiting.remove(id);
      if (action != null) {
        action.run();
      }
    }
  }

  /** A request's stream. On the connection's I/O thread only. */
  static final class Stream {
    private final Streams streams;
    private final int id;

    private Stream(Streams streams) {
      this.streams = streams;
      this.id = streams.latest;
    }

    /** The stream of the request that is just being received; null if it has none. */
    static @Nullable Stream latest(ServerConnection connection) {
      Streams streams =
          connection instanceof Http2ServerConnection ? connection.getAttachment(STREAMS) : null;
      return streams == null ? null : new Stream(streams);
    }

    /** Resets it with REFUSED_STREAM. */
    void refuse() {
      streams.sendRstStream(id, Http2Channel.ERROR_REFUSED_STREAM);
    }

    /** Runs the action if the client resets the stream, or closes the connection. */
    void onReset(Runnable action) {
      streams.waiting.put(id, action);
    }

    /** It is answered. */
    void end() {
      streams.waiting.remove(id);
    }
  }

  @Override
  public void handleEvent(StreamConnection connection) {
    handleEvent(connection, null);
  }

  @Override
  public void handleEvent(StreamConnection connection, @Nullable PooledByteBuffer read) {
    Streams streams = new Streams(connection, buffers, read, options);
    streams.putAttachment(STREAMS, streams);
    streams.setIdleTimeout(ServerConfig.IDLE_SECONDS * 1_000L);
    open.add(streams);
    streams.addCloseTask(open::remove);
    streams.getReceiveSetter().set(new Http2ReceiveListener(handler, options, bufferBytes, null));
    streams.resumeReceives();
  }

  @Override
  public HttpHandler getRootHandler() {
    return handler;
  }

  @Override
  public void setRootHandler(HttpHandler handler) {
    this.handler = handler;
  }

  @Override
  public OptionMap getUndertowOptions() {
    return options;
  }

  @Override
  public void setUndertowOptions(OptionMap options) {
    this.options = options;
  }

  @Override
  public ByteBufferPool getBufferPool() {
    return buffers;
  }

  @Override
  public @Nullable ConnectorStatistics getConnectorStatistics() {
    return null;
  }

  @Override
  public void closeConnections() {
    for (Http2Channel connection : open) {
      connection.getIoThread().execute(() -> IoUtils.safeClose(connection));
    }
  }
}
