package shedlab.servers.endpoint;

import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply: each adapter implements it with its server's own objects. The
 * request's body has been read and dropped when {@link Endpoint#handle} sees the exchange.
 */
public interface Exchange {
  /** The method, as sent. */
  String method();

  /** The path, as sent: not decoded, without the query. */
  String path();

  /** What follows the question mark, as sent, or null. */
  @Nullable String query();

  /** The value of a header field, or null; its lines joined by commas if it is repeated. */
  @Nullable String field(String name);

  /** Where the client is, or null if that is not known. */
  @Nullable SocketAddress remote();

  /** The lines of a header field as one value (RFC 9110, 5.3); null if there are none. */
  static @Nullable String combined(List<String> lines) {
    return lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
  }

  /**
   * Sends the request through the server's own limiter, which the adapter has set up as {@link
   * Endpoint#nativeLimit} says. Runs exactly one of the two, now or later, on any thread of the
   * server. Asked at most once, before the reply.
   */
  default void passNativeLimit(Runnable admitted, Runnable refused) {
    throw new IllegalStateException("this server has no limiter of its own");
  }

  /**
   * Answers. Exactly once; any thread, also from inside {@link Endpoint#handle}. Never blocks and
   * never throws: a reply to a client that has gone is dropped.
   */
  void reply(Reply reply);

  /**
   * Asks to be told, on any thread and at most once, if the client closes the connection before the
   * reply; at once if it is known to have closed it. A client that only sends no more has not
   * closed it, see {@link Presence}. Only needed by a request that waits: it costs the server a
   * read that it would not do otherwise. A client that has sent further bytes is not watched beyond
   * them.
   */
  void onClosed(Runnable action);
}
