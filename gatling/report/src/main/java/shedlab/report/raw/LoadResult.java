package shedlab.report.raw;

import java.util.List;
import java.util.Map;
import shedlab.report.result.Attempts;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.TenantResult;

/**
 * {@code client.json}: what the client saw of one job. The window is every request whose intended
 * start is from the lead-in's end to the profile's end. Latencies are in microseconds.
 *
 * @param job as it was asked for
 * @param zeroEpochMicros wall-clock time of the schedule's zero
 * @param whole endings of every intended request of the job
 * @param window endings of those in the window
 * @param windowSeconds length of the window
 * @param intendedTotal requests of the whole schedule
 * @param startedTotal how many of them the generator started; fewer means it failed at its task
 * @param duplicates requests recorded twice; zero unless something is broken
 * @param attempts every try of the job as it was answered on the wire
 * @param windowAttempts those of the window's requests
 * @param tenants kinds of clients in the window
 * @param admitted response times of 200s from the intended start, window
 * @param shed the same of 429s
 * @param failed the same of everything else that was started and ended
 * @param uncorrectedAdmitted of 200s from the actual start, to show what the correction does
 * @param uncorrectedShed the same of 429s
 * @param lateness actual minus intended start, window
 * @param minStartRatio of the whole seconds of the window, the smallest share of starts achieved to
 *     starts intended; 1 if there is no whole second
 * @param cpuShare CPU time of this JVM in the window as a share of its processors, 0 to 1
 * @param gcMillis garbage collection in the window
 * @param worstSecondCpuShare the greatest {@code cpuShare} of any of its whole seconds
 * @param worstSecondGcMillis the most {@code gcMillis} of any; no single pause was longer
 * @param gatlingOk Gatling's own count of 200s in the whole job
 * @param gatlingKo Gatling's own count of all others
 * @param gatlingKoMessages Gatling's reasons, with counts
 * @param gatlingErrors what Gatling noted outside requests, with counts
 */
public record LoadResult(
    int formatVersion,
    LoadJob job,
    long zeroEpochMicros,
    Outcomes whole,
    Outcomes window,
    double windowSeconds,
    long intendedTotal,
    long startedTotal,
    long duplicates,
    Attempts attempts,
    Attempts windowAttempts,
    List<TenantResult> tenants,
    Latency admitted,
    Latency shed,
    Latency failed,
    Latency uncorrectedAdmitted,
    Latency uncorrectedShed,
    Lateness lateness,
    double minStartRatio,
    double cpuShare,
    long gcMillis,
    double worstSecondCpuShare,
    long worstSecondGcMillis,
    long gatlingOk,
    long gatlingKo,
    Map<String, Long> gatlingKoMessages,
    Map<String, Long> gatlingErrors) {

  /** The version that this code writes. */
  public static final int FORMAT = 3;

  /** How late requests started, in microseconds. */
  public record Lateness(long p50Micros, long p99Micros, long maxMicros) {}

  /** True if Gatling's log and our own records tell of the same 200s and the same others. */
  public boolean witnessesAgree() {
    return gatlingOk == attempts.ok() && gatlingKo == attempts.sent() - attempts.ok();
  }
}
