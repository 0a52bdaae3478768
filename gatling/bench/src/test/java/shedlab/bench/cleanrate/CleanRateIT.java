package shedlab.bench.cleanrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.cleanrate.profile.Profile;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.report.Project;

/** A tiny search with real processes, none of them warm. What it finds is no evidence. */
class CleanRateIT {
  private static final CpuSplit MACHINE = CpuSplit.ofThisMachine();
  private static final Pace PACE = new Pace(1, 0, 1, 1, 0, List.of(50));

  @TempDir private Path folder = Path.of("");

  @Test
  void aRateIsOfferedJudgedAndLookedInto() throws Exception {
    Generators one = Generators.asRuns(1);
    List<String> said = new ArrayList<>();
    CleanRateFiles files =
        new CleanRateFiles(
            folder.resolve("run"),
            List.of(one),
            MACHINE,
            "netty",
            PACE,
            Map.of(),
            List.of("a", "test"));
    files.begin();
    Comparison comparison =
        new Comparison(
            Distributions.of(Project.root()),
            MACHINE,
            folder.resolve("scratch"),
            "netty",
            PACE,
            said::add);

    comparison.run(List.of(one), findings -> files.write(findings, null));

    Findings findings = comparison.findings();
    assertThat(findings.gaps()).isEmpty();
    assertThat(findings.answers()).hasSize(1);
    assertThat(said).hasSize(findings.rows().size() + 1);
    assertThat(findings.rows())
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.reading().requests()).isPositive();
              assertThat(row.reading().generatorMicros()).isPositive();
              assertThat(row.reading().serverMicros()).isPositive();
            });
    // On a busy machine a cold generator may be late at every rate.
    if (findings.clean(one).least() > 0) {
      Profile profile = new Profiling(comparison, folder, 2).of(one);
      assertThat(profile.threads().values()).anyMatch(use -> use.seconds() > 0);
      files.write(comparison.findings(), profile);
      assertThat(Files.readString(files.report())).contains("| Netty event loops | ");
    }
    assertThat(folder.resolve("run/clean-rate.csv"))
        .content()
        .hasLineCount(findings.rows().size() + 1);
    assertThat(Files.readString(files.report()))
        .contains("**Not evidence**", "| 1 | greatest clean | ");
  }
}
