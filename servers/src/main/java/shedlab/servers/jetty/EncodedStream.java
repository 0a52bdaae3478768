package shedlab.servers.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a request whose reply comes encoded: sends the reply as it is, past Jetty's
 * generator. Jetty then goes on with the connection as after a response of its own. If it cannot be
 * sent whole, an end point takes no further write: Jetty's error page cannot follow a part of it.
 */
final class EncodedStream extends HttpStream.Wrapper {
  private final EndPoint endPoint;
  private final ByteBuffer reply;

  EncodedStream(HttpStream stream, EndPoint endPoint, ByteBuffer reply) {
    super(stream);
    this.endPoint = endPoint;
    this.reply = reply;
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {
    endPoint.write(callback, reply);
  }
}
