package shedlab.bench.run;

import java.util.List;
import java.util.Map;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.Project;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.LoadResult.Lateness;
import shedlab.report.raw.ServerCsv;
import shedlab.report.raw.WorkAddress;
import shedlab.report.result.Attempts;
import shedlab.report.result.Check;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

/** A cell as it was measured, what may be wrong with it, and how it is judged. */
final class MeasuredCell {
  static final Experiment EXPERIMENT =
      Experiment.load(Project.file("gatling/experiments/overload.properties"), "default", Map.of());
  static final Cell CELL = new Cell("netty-1-fixed-2.0x-r1", "netty", "fixed", "", 2, 1);
  static final Capacity CAPACITY = new Capacity(200, 195, 205, 0.99, 800.0);
  static final Samples STEADY = samples(200, 200);

  static final Lateness ON_TIME = new Lateness(80, 400, 2_000);

  /** 1,000 requests: 500 good, 20 late, 450 shed, 30 timed out. */
  static final Outcomes WHOLE = new Outcomes(500, 20, 450, 0, 30, 0);

  private MeasuredCell() {}

  /** A load in which nothing went wrong on the side of the clients. */
  static LoadResult undisturbed() {
    return load(WHOLE, ON_TIME, 0.3, 520);
  }

  static LoadResult load(Outcomes whole, Lateness lateness, double cpu, long gatlingOk) {
    return load(whole, lateness, cpu, cpu, 0, gatlingOk, mean(whole.ok(), 30));
  }

  static Latency mean(long count, double millis) {
    return new Latency(count, 1, 2, 3, 4, 5, 1_000 * millis);
  }

  static LoadResult load(
      Outcomes whole,
      Lateness lateness,
      double cpu,
      double worstCpu,
      long worstGcMillis,
      long gatlingOk,
      Latency admitted) {
    LoadJob job =
        new LoadJob(
            "cell",
            WorkAddress.of("http://127.0.0.1:8080"),
            List.of(new Segment(200, 5)),
            "poisson",
            1,
            5_000,
            "deterministic",
            250,
            1_000,
            1,
            false,
            ClientBehaviour.PLAIN);
    Latency shed = mean(whole.shed(), 0.5);
    return LoadResult.of(
        job,
        0,
        new LoadResult.Whole(whole, 1_000, 1_000, 0, tries(whole)),
        new LoadResult.Window(
            4,
            whole,
            tries(whole),
            List.of(),
            admitted,
            shed,
            Latency.NONE,
            admitted,
            shed,
            Map.of()),
        new LoadResult.Generator(lateness, 1, cpu, 0, worstCpu, worstGcMillis),
        new LoadResult.Gatling(gatlingOk, 1_000 - gatlingOk, Map.of(), Map.of()));
  }

  private static Attempts tries(Outcomes whole) {
    return new Attempts(
        whole.total(), whole.ok(), whole.shed(), whole.total() - whole.ok() - whole.shed());
  }

  /** Half a second at one rate of completions, then half a second at another. */
  static Samples samples(int first, int second) {
    return samples(first, second, 0, 1);
  }

  /** The same, with tasks that need so many times the CPU that they did in the calibration. */
  static Samples samples(int first, int second, int throttledMicros, double slower) {
    StringBuilder csv =
        new StringBuilder(
            "epoch_micros,limit,inflight,waiting,completed,cpu_micros,throttled_micros,"
                + "task_cpu_micros,task_units\n");
    int completed = 0;
    for (int i = 0; i <= 10; i++) {
      csv.append(i * 100_000 + ",4,4,0," + completed + "," + i * 99_000 + ",");
      csv.append(i * throttledMicros + "," + Math.round(4_000 * slower * (completed + 1)));
      csv.append("," + 5_000 * (completed + 1) + "\n");
      completed += (i < 5 ? first : second) / 10;
    }
    return new Samples(ServerCsv.parse(csv.toString()));
  }

  /** What the server counted. */
  static ServerCounts server(long admitted, long shed) {
    return new ServerCounts(
        0,
        admitted + shed,
        admitted,
        Map.of("limit", shed, "full", 0L, "expired", 0L, "abandoned", 0L));
  }

  static List<String> broken(
      LoadResult load, ServerCounts server, Capacity capacity, double steal) {
    return broken(load, server, capacity, STEADY, steal);
  }

  static List<String> broken(
      LoadResult load, ServerCounts server, Capacity capacity, Samples window, double steal) {
    return Validity.of(CELL, EXPERIMENT, capacity, load, server, window, steal).stream()
        .filter(check -> !check.ok())
        .map(Check::name)
        .toList();
  }

  /** The findings on which there is something to say. */
  static List<String> remarkable(
      LoadResult load, ServerCounts server, Capacity capacity, Samples window, double cpu) {
    return ServerFindings.of(CELL, EXPERIMENT, capacity, load, server, window, cpu).stream()
        .filter(Judgement.Finding::remarkable)
        .map(Judgement.Finding::name)
        .toList();
  }
}
