package shedlab.bench.cleanrate;

import java.util.List;
import java.util.regex.Pattern;
import shedlab.bench.run.Capacity;
import shedlab.report.result.Check;

/**
 * What was read on both sides of a load, in its window.
 *
 * @param requests whose intended start lies in it
 * @param refused those among them that got a 429
 * @param generatorSeconds CPU time of all load generators
 * @param busiest of the CPUs of a generator, the share that the busiest one used
 * @param lateP50 how late requests started, in milliseconds
 * @param lateP99 likewise
 * @param serverSeconds CPU time of the server; NaN if it does not tell
 * @param serverShare of its CPUs that it used; NaN likewise
 * @param failed the checks of a run that failed
 */
record Reading(
    long requests,
    long refused,
    double generatorSeconds,
    double busiest,
    double lateP50,
    double lateP99,
    double serverSeconds,
    double serverShare,
    List<Check> failed) {
  /** Checks of one of several generators: the worst of them is in those of all. */
  private static final Pattern OF_ONE = Pattern.compile("generator \\d+ of \\d+: .*");

  Reading {
    failed = List.copyOf(failed);
  }

  boolean clean() {
    return failed.isEmpty();
  }

  /** Whether the server had no idle moment, as a calibration sees it. */
  boolean serverFull() {
    return serverShare >= Capacity.SATURATED;
  }

  /** CPU time of the load generators for a request, in microseconds. */
  double generatorMicros() {
    return 1e6 * generatorSeconds / requests;
  }

  /** The same of the server. */
  double serverMicros() {
    return 1e6 * serverSeconds / requests;
  }

  /** The names of the checks that failed, of all generators together. */
  List<String> brokenNames() {
    return ofAll().stream().map(Check::name).toList();
  }

  /** The same with their values and bounds. */
  String broken() {
    return String.join(
        "; ",
        ofAll().stream()
            .map(check -> check.name() + " " + check.value() + " (" + check.bound() + ")")
            .toList());
  }

  private List<Check> ofAll() {
    List<Check> all =
        failed.stream().filter(check -> !OF_ONE.matcher(check.name()).matches()).toList();
    return all.isEmpty() ? failed : all;
  }
}
