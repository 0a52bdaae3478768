package shedlab.bench.refusals;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Programs;
import shedlab.bench.refusals.Generator.Count;

/** What wrk 4 prints at its end. */
final class WrkOutput {
  private static final Pattern REQUESTS =
      Pattern.compile("(?m)^\\s*(\\d+) requests in [\\d.]+(?:us|ms|s|m|h), ");
  private static final Pattern RATE = Pattern.compile("(?m)^Requests/sec: +([\\d.]+)$");
  private static final Pattern REFUSED =
      Pattern.compile("(?m)^\\s*Non-2xx or 3xx responses: (\\d+)$");
  private static final Pattern FAILED =
      Pattern.compile(
          "(?m)^\\s*Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)$");

  private WrkOutput() {}

  /**
   * Reads it. The rate has more digits than the time, so the time is taken from the rate.
   *
   * @param kept whether connections were kept; otherwise wrk takes the end of each for a failed
   *     read, once for each answer
   * @throws HostException if it is not the output of a whole run
   */
  static Count read(String output, boolean kept) {
    Matcher requests = REQUESTS.matcher(output);
    Matcher rate = RATE.matcher(output);
    if (!requests.find() || !rate.find()) {
      throw new HostException(
          "wrk", Programs.lastLine(output), "its counts at the end, as wrk 4 prints them");
    }
    long answers = Long.parseLong(requests.group(1));
    double perSecond = Double.parseDouble(rate.group(1));
    Matcher refused = REFUSED.matcher(output);
    Matcher failed = FAILED.matcher(output);
    return new Count(
        answers,
        refused.find() ? Long.parseLong(refused.group(1)) : 0,
        failed.find() ? failed(failed, kept ? 0 : answers) : 0,
        perSecond > 0 ? answers / perSecond : 0);
  }

  private static long failed(Matcher errors, long ends) {
    long connect = Long.parseLong(errors.group(1));
    long read = Math.max(0, Long.parseLong(errors.group(2)) - ends);
    return connect + read + Long.parseLong(errors.group(3)) + Long.parseLong(errors.group(4));
  }
}
