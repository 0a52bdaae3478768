package shedlab.servers.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A request target (RFC 9112, 3.2) in its parts, as sent: nothing is decoded.
 *
 * @param path the path; of an absolute form without scheme and authority
 * @param query what follows the question mark, or null
 */
public record RequestTarget(String path, @Nullable String query) {
  /** Takes a request target apart. */
  public static RequestTarget of(String target) {
    int start = 0;
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    if (scheme > 0) {
      int slash = target.indexOf('/', scheme + 3);
      start = slash < 0 ? target.length() : slash;
    }
    int question = target.indexOf('?', start);
    String path = target.substring(start, question < 0 ? target.length() : question);
    return new RequestTarget(
        path.isEmpty() ? "/" : path, question < 0 ? null : target.substring(question + 1));
  }
}
