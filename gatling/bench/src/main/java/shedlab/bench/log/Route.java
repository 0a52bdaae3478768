package shedlab.bench.log;

/**
 * What requests that ask for the same work have in common: the method and the path, without the
 * query, and with {@code *} in the place of what tells one thing from another of its kind, as in
 * {@code GET /products/*}. That is a part of the path that is a number, or has eight characters or
 * more and a digit among them. Logs are long: nothing is thrown.
 */
final class Route {
  /** Of a request of which the log does not say where it went. */
  static final String UNKNOWN = "";

  private static final int ID_LENGTH = 8;
  private static final String ANY = "*";

  private Route() {}

  /** Of the first line of a request; a path may hold blanks. */
  static String ofRequestLine(String line) {
    int method = line.indexOf(' ');
    int version = line.lastIndexOf(" HTTP/");
    return method <= 0
        ? UNKNOWN
        : of(line.substring(0, method), line.substring(method + 1, end(version, method, line)));
  }

  private static int end(int version, int method, String line) {
    return version > method ? version : line.length();
  }

  /**
   * Of a method and what it was asked of.
   *
   * @param method empty if it is not known
   * @param target a path, perhaps with a query, or a URL
   */
  static String of(String method, String target) {
    String path = path(target.strip());
    if (path.isEmpty()) {
      return UNKNOWN;
    }
    StringBuilder route = new StringBuilder(method.isEmpty() ? "" : method + " ");
    for (int from = 0; from <= path.length(); ) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      route.append(from == 0 ? "" : "/").append(named(path.substring(from, to)));
      from = to + 1;
    }
    return route.toString();
  }

  /** Without the host before it, and without a slash at its end. */
  private static String path(String target) {
    int scheme = target.indexOf("://");
    int host = scheme < 0 ? 0 : target.indexOf('/', scheme + 3);
    String path = host < 0 ? "/" : target.substring(host);
    int end = path.length();
    for (char mark : new char[] {'?', '#', ';'}) {
      int at = path.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  private static String named(String part) {
    int digits = 0;
    for (int i = 0; i < part.length(); i++) {
      digits += part.charAt(i) >= '0' && part.charAt(i) <= '9' ? 1 : 0;
    }
    boolean id = digits > 0 && (digits == part.length() || part.length() >= ID_LENGTH);
    return id ? ANY : part;
  }
}
