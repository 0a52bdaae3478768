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
            folder.resolve("run"), servers, Pace.QUICK, true, Map.of(), List.of("a", "test"));
    files.begin();
    List<Row> rows;
    List<String> gaps;
    try (ProcessHost host =
        new ProcessHost(Distributions.of(Project.root()), CPUS, folder.resolve("scratch"))) {
      Comparison comparison =
          new Comparison(host, new H2load(CPUS.injectorList()), Pace.QUICK, said::add);
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
              assertThat(row.reading().problem()).as(row.words()).isEmpty();
              assertThat(row.reading().cpuMicros()).isPositive();
            });
    assertThat(folder.resolve("run/protocols.csv")).content().hasLineCount(18);
    assertThat(Files.readString(files.report()))
        .contains("**Not evidence**", "| " + server + " | h2 | `reset` | ");
  }
}
