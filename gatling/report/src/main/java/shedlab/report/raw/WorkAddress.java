package shedlab.report.raw;

import java.net.URI;
import java.util.List;

/**
 * Where a load generator asks for work, and how it is told no.
 *
 * @param baseUrl scheme, host and port of the server
 * @param path of the work; {@value #UNITS} stands for its size
 * @param shed the statuses that say no
 */
public record WorkAddress(String baseUrl, String path, List<Integer> shed) {
  /** Where the size of the work stands in the path. */
  public static final String UNITS = "{units}";

  private static final String USUAL = "/work?units=" + UNITS;

  /** Throws {@link IllegalArgumentException} with {@code key: value (expected: rule)}. */
  public WorkAddress {
    shed = List.copyOf(shed);
    check(isServer(baseUrl), "baseUrl", baseUrl, "http://host:port");
    check(path.startsWith("/"), "path", path, "a path that begins with /");
    check(
        !shed.isEmpty() && shed.stream().allMatch(status -> status >= 400 && status <= 599),
        "shed",
        shed,
        "statuses from 400 to 599");
  }

  /** Of a server that keeps the contract. */
  public static WorkAddress of(String baseUrl) {
    return new WorkAddress(baseUrl, USUAL, List.of(429));
  }

  /** Whether a request says how much work it wants; else nobody knows what it is. */
  public boolean tellsSize() {
    return path.contains(UNITS);
  }

  /** The path of work of a size. */
  public String path(int units) {
    return path.replace(UNITS, Integer.toString(units));
  }

  private static boolean isServer(String text) {
    try {
      URI uri = URI.create(text);
      return "http".equals(uri.getScheme())
          && uri.getHost() != null
          && (uri.getPath() == null || uri.getPath().isEmpty())
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void check(boolean ok, String key, Object value, String rule) {
    if (!ok) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: " + rule + ")");
    }
  }
}
