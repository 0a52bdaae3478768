package shedlab.injector;

import com.typesafe.config.ConfigFactory;
import io.gatling.app.Gatling$;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LatencyLog.Kind;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.Latency;
import shedlab.spec.SpecException;

/** Runs a job with Gatling, on the calling thread, and writes its files. One job at a time. */
final class JobRunner {
  private static final String LOG = "simulation.log";

  private JobRunner() {}

  /**
   * Runs a job to its end.
   *
   * @param folder empty; gets the result's files, and {@code gatling/} if the job wants a report
   * @throws IllegalStateException if Gatling gave up
   */
  static LoadResult run(LoadRun run, Path folder) throws IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve("work"));
    // A system property is the only way to this setting; Gatling reads it anew in each run.
    System.setProperty("gatling.socket.connectTimeout", "" + run.job().timeoutMillis());
    ConfigFactory.invalidateCaches();
    WorkSimulation.prepare(run);
    int code = Gatling$.MODULE$.fromArgs(arguments(run.job(), work));
    LoadRun.Zero zero = run.zero();
    WindowMeter.Usage usage =
        zero == null ? new WindowMeter.Usage(0, 0, 0, 0) : zero.meter().finish();
    Histogram pauses = zero == null ? new Histogram(1) : zero.pauses().finish();
    if (code != 0 || zero == null) {
      throw new IllegalStateException(
          SpecException.message("Gatling: exit code", code, "0; see injector.log"));
    }
    Path gatling = onlyFolderIn(work);
    Records records = new Records(run.job(), run.recorder(), System.nanoTime() - zero.nanoTime());
    GatlingLog log = GatlingLog.read(gatling.resolve(LOG));
    LoadResult result = result(run, zero.epochMicros(), records, usage, log);
    write(folder, run, records, result, pauses);
    if (run.job().report()) {
      // The log is large, and its counts are in the result.
      Files.delete(gatling.resolve(LOG));
      Files.move(gatling, folder.resolve("gatling"));
    }
    return result;
  }

  /** Writes a result and the files beside it. */
  static void write(Path folder, LoadRun run, Records records, LoadResult result, Histogram pauses)
      throws IOException {
    long zeroEpochMillis = result.zeroEpochMicros() / 1_000;
    result.write(folder);
    ClientCourse.of(records).write(folder);
    writeLatencies(
        folder, records, pauses, zeroEpochMillis + (long) (run.job().leadInSeconds() * 1_000));
    if (run.isHeld()) {
      new PartRecords(run, records, zeroEpochMillis).write(folder);
    }
  }

  private static void writeLatencies(
      Path folder, Records records, Histogram pauses, long fromEpochMillis) throws IOException {
    Map<Kind, Histogram> latencies = new EnumMap<>(Kind.class);
    for (Kind kind : List.of(Kind.ADMITTED, Kind.SHED, Kind.FAILED)) {
      latencies.put(kind, records.corrected(kind));
    }
    latencies.put(Kind.PAUSE, pauses);
    LatencyLog.write(
        folder,
        latencies,
        fromEpochMillis,
        fromEpochMillis + (long) (records.windowSeconds() * 1_000));
  }

  private static String[] arguments(LoadJob job, Path work) {
    // Gatling takes a description for Base64 wherever it can, as in the word "test".
    String description =
        Base64.getEncoder().encodeToString(job.name().getBytes(StandardCharsets.UTF_8));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-s", WorkSimulation.class.getName(), "-rf", work.toString(), "-rd", description));
    if (!job.report()) {
      arguments.add("-nr");
    }
    return arguments.toArray(new String[0]);
  }

  private static Path onlyFolderIn(Path work) throws IOException {
    try (Stream<Path> folders = Files.list(work)) {
      List<Path> all = folders.filter(Files::isDirectory).toList();
      if (all.size() != 1) {
        throw new IllegalStateException(
            SpecException.message("Gatling: result folders", all.size(), "1"));
      }
      return all.get(0);
    }
  }

  static LoadResult result(
      LoadRun run, long zeroEpochMicros, Records records, WindowMeter.Usage usage, GatlingLog log) {
    int first = records.firstInWindow();
    return LoadResult.of(
        run.job().named(),
        zeroEpochMicros,
        new LoadResult.Whole(
            records.outcomesFrom(0),
            records.size(),
            run.recorder().started(),
            run.recorder().duplicates(),
            records.attemptsFrom(0)),
        new LoadResult.Window(
            records.windowSeconds(),
            records.outcomesFrom(first),
            records.attemptsFrom(first),
            records.tenants(run),
            Latency.of(records.corrected(Kind.ADMITTED)),
            Latency.of(records.corrected(Kind.SHED)),
            Latency.of(records.corrected(Kind.FAILED)),
            Latency.of(records.uncorrected(Kind.ADMITTED)),
            Latency.of(records.uncorrected(Kind.SHED)),
            records.figures()),
        new LoadResult.Generator(
            records.lateness(),
            records.minStartRatio(),
            usage.cpuShare(),
            usage.gcMillis(),
            usage.worstSecondCpuShare(),
            usage.worstSecondGcMillis()),
        new LoadResult.Gatling(log.ok(), log.ko(), log.koMessages(), log.errors()));
  }
}
