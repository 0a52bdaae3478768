package shedlab.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.Programs;
import shedlab.report.NotRun;
import shedlab.report.Project;

/** A tiny comparison with real processes. What it finds is no evidence: a busy machine. */
class ProtocolsIT {
  private static final CpuSplit CPUS = CpuSplit.ofThisMachine();
  private static final Pace PACE = new Pace(1, 300, 150, 150, 16);

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"undertow", "jetty", "netty"})
  void everyWayToRefuseIsCountedAlikeByServerAndClients(String server) throws Exception {
    NotRun.unless(
        Programs.isThere(H2load.PROGRAM), "REQUIRE_REFUSALS", "protocols: there is no h2load");
    List<String> servers = List.of(server);
    List<String> said = new ArrayList<>();
    ProtocolsFiles files =
        new ProtocolsFiles(
            folder.resolve("run"), servers, PACE, true, Map.of(), List.of("a", "test"));
    files.begin();
    List<Row> rows;
    List<String> gaps;
    try (ProcessHost host =
        new ProcessHost(Distributions.of(Project.root()), CPUS, folder.resolve("scratch"))) {
      Comparison comparison =
          new Comparison(host, new H2load(CPUS.injectorList()), PACE, said::add);
      comparison.run(servers, files::write);
      rows = comparison.rows();
      gaps = comparison.gaps();
    }

    assertThat(gaps).isEmpty();
    assertThat(said).hasSameSizeAs(rows);
    assertThat(rows)
        .hasSize(17)
        .allSatisfy(
            row -> {
              assertThat(row.reading().problem()).as(row.words()).matches(mayBeMarked(row));
              assertThat(row.reading().cpuMicros()).isPositive();
            });
    assertThat(rows).anyMatch(row -> row.reading().tally().closed() > 0);
    assertThat(folder.resolve("run/protocols.csv")).content().hasLineCount(18);
    assertThat(Files.readString(files.report()))
        .contains("**Not evidence**", "| " + server + " | h2 | `reset` | ");
  }

  /** On a busy machine the client that is refused beside comes too late, and the row says so. */
  private static String mayBeMarked(Row row) {
    return row.asked().answer() == Answer.CLOSE
        ? "(no connection was closed when it was accepted)?"
        : "";
  }
}
