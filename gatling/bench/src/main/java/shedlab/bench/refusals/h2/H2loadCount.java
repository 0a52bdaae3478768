package shedlab.bench.refusals.h2;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.host.HostException;

/**
 * What h2load has counted. A stream that was reset is done, and errored; a request whose connection
 * was closed before its answer is errored, but not done. That is how they are told apart.
 *
 * @param seconds until the last request had ended
 * @param done requests with an answer, or whose stream was reset
 * @param errored requests without an answer
 * @param timeouts those among them that h2load gave up on
 * @param status answers by the first digit of their status
 */
public record H2loadCount(double seconds, long done, long errored, long timeouts, Status status) {
  /**
   * Answers by the first digit of their status.
   *
   * @param ok 2xx
   * @param moved 3xx
   * @param refused 4xx; of this endpoint, asked as its contract says, the 429s
   * @param broken 5xx
   */
  public record Status(long ok, long moved, long refused, long broken) {
    long all() {
      return ok + moved + refused + broken;
    }
  }

  private static final Pattern FINISHED = Pattern.compile("(?m)^finished in ([\\d.]+)(us|ms|s), ");
  private static final Pattern REQUESTS =
      Pattern.compile(
          "(?m)^requests: \\d+ total, \\d+ started, (\\d+) done, \\d+ succeeded, \\d+ failed, (\\d+)"
              + " errored, (\\d+) timeout$");
  private static final Pattern STATUS =
      Pattern.compile("(?m)^status codes: (\\d+) 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx$");

  /**
   * Reads what it prints.
   *
   * @throws HostException if it is not the output of a whole run
   */
  public static H2loadCount read(String output) {
    Matcher finished = FINISHED.matcher(output);
    Matcher requests = REQUESTS.matcher(output);
    Matcher status = STATUS.matcher(output);
    if (!finished.find() || !requests.find() || !status.find()) {
      throw new HostException(
          "h2load", lastLine(output), "its counts at the end, as h2load prints them");
    }
    return new H2loadCount(
        Double.parseDouble(finished.group(1)) * unitSeconds(finished.group(2)),
        number(requests, 1),
        number(requests, 2),
        number(requests, 3),
        new Status(number(status, 1), number(status, 2), number(status, 3), number(status, 4)));
  }

  /** Requests whose stream was reset. */
  public long resets() {
    return done - status.all();
  }

  /** Requests whose connection was closed, or never opened. */
  public long closed() {
    return errored - timeouts - resets();
  }

  /** Requests that were refused in one of three ways: to be compared with what the server shed. */
  public long refusals() {
    return status.refused + resets() + closed();
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  private static double unitSeconds(String unit) {
    return switch (unit) {
      case "us" -> 1e-6;
      case "ms" -> 1e-3;
      default -> 1;
    };
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce("", (before, line) -> line);
  }
}
