package shedlab.bench.outside;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Programs;

/** What h2load, the load generator of nghttp2, prints at its end. */
public final class H2loadOutput {
  private static final Pattern FINISHED = Pattern.compile("(?m)^finished in ([\\d.]+)(us|ms|s), ");
  private static final Pattern REQUESTS =
      Pattern.compile(
          "(?m)^requests: \\d+ total, \\d+ started, (\\d+) done, \\d+ succeeded, \\d+ failed, (\\d+)"
              + " errored, (\\d+) timeout$");
  private static final Pattern CODES =
      Pattern.compile("(?m)^status codes: (\\d+) 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx$");

  private H2loadOutput() {}

  /**
   * The counts.
   *
   * @param done requests that came to their end: by an answer, or over HTTP/2 by a reset
   * @param status2xx answers by their status, likewise the other three
   * @param errored requests without an answer: streams that were reset, which are done too, and
   *     requests whose connection was refused, closed or too slow, which are not
   * @param timedOut among those
   * @param seconds that it took
   */
  public record Counts(
      long done,
      long status2xx,
      long status3xx,
      long status4xx,
      long status5xx,
      long errored,
      long timedOut,
      double seconds) {
    /** Answers, whatever their status. */
    public long answers() {
      return status2xx + status3xx + status4xx + status5xx;
    }
  }

  /**
   * Reads it.
   *
   * @throws HostException if it is not the output of a whole run
   */
  public static Counts read(String output) {
    Matcher finished = FINISHED.matcher(output);
    Matcher requests = REQUESTS.matcher(output);
    Matcher codes = CODES.matcher(output);
    if (!finished.find() || !requests.find() || !codes.find()) {
      throw new HostException(
          "h2load", Programs.lastLine(output), "its counts at the end, as h2load prints them");
    }
    return new Counts(
        number(requests, 1),
        number(codes, 1),
        number(codes, 2),
        number(codes, 3),
        number(codes, 4),
        number(requests, 2),
        number(requests, 3),
        Double.parseDouble(finished.group(1)) * unitSeconds(finished.group(2)));
  }

  private static long number(Matcher line, int group) {
    return Long.parseLong(line.group(group));
  }

  private static double unitSeconds(String unit) {
    return switch (unit) {
      case "us" -> 1e-6;
      case "ms" -> 1e-3;
      default -> 1;
    };
  }
}
