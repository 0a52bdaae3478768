package shedlab.report.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
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
}
