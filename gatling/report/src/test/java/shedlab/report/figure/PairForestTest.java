package shedlab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.chart.Panel;
import shedlab.report.finding.FloorWords;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.raw.Floor;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.text.StrategyNames;

class PairForestTest {
  private static final String GOODPUT = "\"goodputPerSecond\":";

  /** One block with some goodput and two without any: the ratio may be nothing. */
  @Test
  void anIntervalThatReachesZeroIsDrawnToTheEdge(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, List.of("none", "fixed:limit=1"), List.of(2.0), 3, true);
    Path cells = folder.resolve("cells.jsonl");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(cells)) {
      boolean mine = line.contains("\"server\":\"netty\",\"strategy\":\"none\"");
      String goodput = line.contains("\"repeat\":1,") ? "60.0" : "0.0";
      lines.add(mine ? line.replaceFirst(GOODPUT + "[0-9.]+", GOODPUT + goodput) : line);
    }
    Files.write(cells, lines);
    RunFiles run = RunFiles.open(folder);
    Summary summary = Summary.of(run.manifest(), run.cells());
    StrategyNames names = new StrategyNames(summary.strategies());
    ChartData data = ChartData.of(run, summary, names, 2, new FloorWords(Floor.NOT_MEASURED));
    List<Pair> pairs = Pairs.of(run.manifest(), run.cells()).pairs();

    Panel panel = PairForest.of(data, pairs).views().get(0).panels().get(0);

    assertThat(panel.body()).contains("interval\t0.000 to 0.");
    assertThat(panel.body().split("<path class=\"line d0 ", -1))
        .hasSize(1 + SampleRun.SERVERS.size());
  }
}
