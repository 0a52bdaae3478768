package shedlab.servers.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The date as the header field {@code Date} writes it (RFC 9110, 5.6.7). */
public final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private record Formatted(long second, String text) {}

  private static volatile Formatted last = new Formatted(-1, "");

  private HttpDate() {}

  /** The date of now; formatted once a second. Any thread. */
  public static String now() {
    long millis = System.currentTimeMillis();
    Formatted cached = last;
    if (cached.second != millis / 1_000) {
      cached = new Formatted(millis / 1_000, FORMAT.format(Instant.ofEpochMilli(millis)));
      last = cached;
    }
    return cached.text;
  }
}
