package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.Programs;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.Targets;
import shedlab.report.NotRun;
import shedlab.report.Project;

/** A tiny comparison with real processes. What it finds is no evidence: a busy machine. */
class RefusalsIT {
  private static final CpuSplit CPUS = CpuSplit.ofThisMachine();

  @TempDir private Path folder = Path.of("");

  @Test
  void aFullServerAndOneThatRejectsAllAreCountedAlikeByServerAndClient() throws Exception {
    NotRun.unless(Programs.isThere(Generator.WRK), "REQUIRE_REFUSALS", "refusals: there is no wrk");
    Pace pace = new Pace(1, 2, 0, 1, 1, 1);
    List<String> servers = List.of("netty");
    List<String> said = new ArrayList<>();
    RefusalsFiles files =
        new RefusalsFiles(
            folder.resolve("run"), servers, pace, true, Map.of(), List.of("a", "test"));
    files.begin();
    List<Row> rows;
    List<String> gaps;
    Path scratch = folder.resolve("scratch");
    try (TargetHost host =
        new TargetHost(
            new ProcessHost(Distributions.of(Project.root()), CPUS, scratch),
            Targets.NONE,
            CPUS,
            scratch,
            "",
            List.of())) {
      Comparison comparison =
          new Comparison(
              host,
              TokioTarget.of(Project.root()),
              new Generator(CPUS.injectorList()),
              pace,
              said::add);
      comparison.run(servers, false, files::write);
      rows = comparison.rows();
      gaps = comparison.gaps();
    }

    assertThat(said).hasSize(rows.size() + gaps.size());
    if (!gaps.isEmpty()) { // the task that holds the permit does not run on a crowded CPU
      NotRun.unless(false, "REQUIRE_QUIET", "refusals: not measured: " + gaps);
    }
    assertThat(rows).hasSize(7);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.reading().problem()).as(row.words()).matches(mayBeMarked(row));
              assertThat(row.reading().cpuMicros()).isPositive();
              assertThat(row.reading().bytes()).isPositive();
            });
    assertThat(folder.resolve("run/refusals.csv")).content().hasLineCount(8);
    assertThat(Files.readString(files.report())).contains("**Not evidence**", "| netty | ");
  }

  /** On a busy machine the task that holds the permit may end too soon, and the row says so. */
  private static String mayBeMarked(Row row) {
    boolean full = row.subject().refusing() == Subject.Refusing.FULL;
    return full ? "(\\d+ answers were no 429)?" : "";
  }
}
