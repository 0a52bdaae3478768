package shedlab.servers.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * One request and the way back to its client: what an adapter makes of its server's own objects.
 * The request's body has been read and dropped when {@link Endpoint#handle} sees the exchange.
 */
public interface Exchange {
  /** The method, as sent. */
  String method();

  /** The path, as sent: not decoded, without the query. */
  String path();

  /** What follows the question mark, as sent, or null. */
  @Nullable String query();

  /**
   * Answers. Exactly once; any thread, also from inside {@link Endpoint#handle}. Never blocks and
   * never throws: a reply that its client is too gone to read is dropped.
   */
  void reply(Reply reply);

  /**
   * Asks to be told, on any thread and at most once, if the client closes the connection before the
   * reply; at once if it is known to have closed it. Only needed by a request that waits: it costs
   * the server a read that it would not do otherwise. A client that has sent further bytes is not
   * watched beyond them.
   */
  void onClosed(Runnable action);
}
