package shedlab.report.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

/** Synthetic runs with different noise for each seed. */
public final class SampleRuns {
  private static final JsonMapper JSON = new JsonMapper();

  private SampleRuns() {}

  /** A run of three servers and four strategies at five loads. */
  public static RunFiles write(
      Path folder,
      long seed,
      int repeats,
      Map<String, String> env,
      UnaryOperator<Manifest> plan,
      UnaryOperator<CellResult> change)
      throws IOException {
    Random random = new Random(seed);
    var lines = new StringBuilder();
    int count = 0;
    for (String server : SampleRun.SERVERS) {
      for (String strategy : SampleRun.STRATEGIES) {
        for (double load : SampleRun.LOADS) {
          for (int repeat = 1; repeat <= repeats; repeat++) {
            CellResult cell = SampleRun.cell(server, strategy, load, repeat, random);
            lines.append(JSON.writeValueAsString(change.apply(cell))).append('\n');
            count++;
          }
        }
      }
    }
    Manifest manifest =
        SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, repeats, true, count);
    RunFiles.create(folder, plan.apply(manifest), env);
    Files.writeString(folder.resolve("cells.jsonl"), lines);
    return RunFiles.open(folder);
  }

  /** A run of six repeats. */
  public static RunFiles write(Path folder, long seed, UnaryOperator<CellResult> change)
      throws IOException {
    return write(folder, seed, 6, SampleRun.env(), plan -> plan, change);
  }

  /** The same cell with a part of its goodput if it is valid. */
  public static CellResult slower(CellResult cell, double part) {
    return cell.valid()
        ? SampleRun.with(
            cell, part * cell.clientSide().goodputPerSecond(), true, cell.judgement().failure())
        : cell;
  }

  /** The same cell on another server. */
  public static CellResult on(CellResult cell, String server) {
    CellKey key = cell.key();
    return CellResult.of(
        new CellKey(
            key.id(),
            server,
            key.strategy(),
            key.variant(),
            key.load(),
            key.repeat(),
            key.attempt(),
            key.order()),
        cell.capacityPerSecond(),
        cell.clientSide(),
        cell.serverSide(),
        cell.judgement());
  }

  /** The same plan with another deadline and other work. */
  public static Manifest loaded(Manifest plan, long deadlineMillis, int taskUnits) {
    Manifest.CellLoad load = plan.load();
    return Manifest.of(
        plan.run(),
        plan.invocation(),
        plan.purpose(),
        plan.grid(),
        new Manifest.CellLoad(
            load.phases(),
            deadlineMillis,
            load.timeoutMillis(),
            load.warmUpSeconds(),
            load.leadInSeconds(),
            load.measureSeconds(),
            taskUnits),
        plan.setUp(),
        plan.seed(),
        plan.settings());
  }

  /** The same plan with servers that sample their own stacks. */
  public static Manifest profiled(Manifest plan) {
    return with(plan, "profile-cpu", "yes");
  }

  /** The same plan with another setting. */
  public static Manifest with(Manifest plan, String key, String value) {
    Map<String, String> settings = new TreeMap<>(plan.settings());
    settings.put(key, value);
    return Manifest.of(
        plan.run(),
        plan.invocation(),
        plan.purpose(),
        plan.grid(),
        plan.load(),
        plan.setUp(),
        plan.seed(),
        settings);
  }

  /** The same plan of another run. */
  public static Manifest named(Manifest plan, String run, List<String> invocation) {
    return Manifest.of(
        run,
        invocation,
        plan.purpose(),
        plan.grid(),
        plan.load(),
        plan.setUp(),
        plan.seed(),
        plan.settings());
  }

  /** A run of six repeats that was made at some commit, on a machine with a name. */
  public static RunFiles dated(
      Path folder, String run, String commit, long seed, UnaryOperator<CellResult> change)
      throws IOException {
    Map<String, String> env = new TreeMap<>(SampleRun.env());
    env.put("commit", commit);
    env.put("uncommitted changes", "no");
    env.put("CPU", "Intel(R) Xeon(R) Processor");
    env.put("logical CPUs", "2");
    return write(folder, seed, 6, env, plan -> named(plan, run, List.of()), change);
  }
}
