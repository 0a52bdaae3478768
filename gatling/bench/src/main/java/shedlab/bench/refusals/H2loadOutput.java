package shedlab.bench.refusals;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.host.HostException;
import shedlab.bench.refusals.Generator.Count;

/** What h2load, the load generator of nghttp2, prints at its end. */
final class H2loadOutput {
  private static final Pattern FINISHED = Pattern.compile("(?m)^finished in ([\\d.]+)(us|ms|s), ");
  private static final Pattern REQUESTS =
      Pattern.compile(
          "(?m)^requests: \\d+ total, \\d+ started, (\\d+) done, \\d+ succeeded, \\d+ failed, (\\d+)"
              + " errored, (\\d+) timeout$");
  private static final Pattern CODES =
      Pattern.compile("(?m)^status codes: \\d+ 2xx, \\d+ 3xx, (\\d+) 4xx, (\\d+) 5xx$");

  private H2loadOutput() {}

  /**
   * Reads it.
   *
   * @throws HostException if it is not the output of a whole run
   */
  static Count read(String output) {
    Matcher finished = FINISHED.matcher(output);
    Matcher requests = REQUESTS.matcher(output);
    Matcher codes = CODES.matcher(output);
    if (!finished.find() || !requests.find() || !codes.find()) {
      throw new HostException(
          "h2load", WrkOutput.lastLine(output), "its counts at the end, as h2load prints them");
    }
    return new Count(
        Long.parseLong(requests.group(1)),
        Long.parseLong(codes.group(1)) + Long.parseLong(codes.group(2)),
        Long.parseLong(requests.group(2)) + Long.parseLong(requests.group(3)),
        Double.parseDouble(finished.group(1)) * unitSeconds(finished.group(2)));
  }

  private static double unitSeconds(String unit) {
    return switch (unit) {
      case "us" -> 1e-6;
      case "ms" -> 1e-3;
      default -> 1;
    };
  }
}
