package shedlab.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks in rounds. A round is one fork of each benchmark, parameter and number of
 * threads, in an order drawn anew from the seed, so that drift of the machine affects all alike,
 * and forks of one round may be compared as pairs. JMH itself would run all forks of one benchmark
 * before the first of the next.
 */
final class Rounds {
  /** One benchmark with its parameter and threads, in JMH's terms. */
  private record Subject(String benchmark, String parameter, String value, int threads) {
    @Override
    public String toString() {
      return (benchmark + " " + value).strip() + ", " + threads;
    }

    ChainedOptionsBuilder options() {
      ChainedOptionsBuilder options =
          new OptionsBuilder().include("^" + Pattern.quote(benchmark) + "$").threads(threads);
      return parameter.isEmpty() ? options : options.param(parameter, value);
    }
  }

  private final List<Subject> subjects;
  private final Random random;
  private final List<String> remarks;

  /** One result per subject and round. */
  private final Map<Subject, List<RunResult>> forks = new LinkedHashMap<>();

  /**
   * @param only runs those of {@link #names()} that contain this text
   * @param remarks system properties {@code name=value} that are recorded in the results
   */
  Rounds(String only, long seed, List<String> remarks) {
    this.subjects =
        subjects().stream().filter(subject -> subject.toString().contains(only)).toList();
    this.random = new Random(seed);
    this.remarks = remarks.stream().map(remark -> "-D" + remark).toList();
  }

  /** Everything that is measured: benchmark, parameter, threads. */
  List<String> names() {
    return subjects.stream().map(Subject::toString).toList();
  }

  /** The number of forks in a round. */
  int size() {
    return subjects.size();
  }

  /** Runs one more round. */
  void run() throws RunnerException {
    List<Subject> order = new ArrayList<>(subjects);
    Collections.shuffle(order, random);
    for (Subject subject : order) {
      forks
          .computeIfAbsent(subject, any -> new ArrayList<>())
          .add(new Runner(fork(subject)).runSingle());
    }
  }

  private Options fork(Subject subject) {
    return subject
        .options()
        .forks(1)
        .jvmArgsAppend(remarks.toArray(String[]::new))
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  /** All rounds so far, the forks of each benchmark in the order of the rounds. */
  Collection<RunResult> results() {
    return subjects.stream()
        .map(subject -> together(forks.getOrDefault(subject, List.of())))
        .toList();
  }

  private static RunResult together(List<RunResult> rounds) {
    List<BenchmarkResult> forks =
        rounds.stream().flatMap(round -> round.getBenchmarkResults().stream()).toList();
    return new RunResult(withForks(rounds.get(0).getParams(), forks.size()), forks);
  }

  private static BenchmarkParams withForks(BenchmarkParams one, int forks) {
    return new BenchmarkParams(
        one.getBenchmark(),
        one.generatedBenchmark(),
        one.shouldSynchIterations(),
        one.getThreads(),
        one.getThreadGroups(),
        one.getThreadGroupLabels(),
        forks,
        one.getWarmupForks(),
        one.getWarmup(),
        one.getMeasurement(),
        one.getMode(),
        parametersOf(one),
        one.getTimeUnit(),
        one.getOpsPerInvocation(),
        one.getJvm(),
        one.getJvmArgs(),
        one.getJdkVersion(),
        one.getVmName(),
        one.getVmVersion(),
        one.getJmhVersion(),
        one.getTimeout());
  }

  private static WorkloadParams parametersOf(BenchmarkParams one) {
    WorkloadParams parameters = new WorkloadParams();
    int index = 0;
    for (String key : one.getParamsKeys()) {
      parameters.put(key, one.getParam(key), index++);
    }
    return parameters;
  }

  /** Every benchmark on the class path, with one and two threads where it does not fix them. */
  private static List<Subject> subjects() {
    List<Subject> all = new ArrayList<>();
    for (BenchmarkListEntry entry :
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of())) {
      for (int threads : entry.getThreads().hasValue() ? new int[] {1} : new int[] {1, 2}) {
        Map<String, String[]> declared = entry.getParams().orElse(Map.of());
        if (declared.isEmpty()) {
          all.add(new Subject(entry.getUsername(), "", "", threads));
        }
        declared.forEach(
            (parameter, values) -> {
              for (String value : values) {
                all.add(new Subject(entry.getUsername(), parameter, value, threads));
              }
            });
      }
    }
    return all;
  }
}
