package shedlab.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.run.Progress;
import shedlab.bench.run.SmallRun;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

/**
 * Searches with real processes, which share their load generator and what 1x is. What they find is
 * no evidence: cold servers, a busy machine.
 */
class CapacitySearchIT {
  private static final Duration TIME = Duration.ofSeconds(45);
  private static final List<String> SAID = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static ProcessHost host;

  private static Path results = Path.of("");

  @BeforeAll
  static void aSearch() throws Exception {
    host = SmallRun.host(folder.resolve("scratch"));
    results = folder.resolve("capacity");
    search("p50<=900ms", results, SAID::add);
  }

  @AfterAll
  static void end() {
    host.close();
  }

  private static CapacitySearch search(String slo, Path results, Consumer<String> line)
      throws Exception {
    Plan plan = SmallRun.plan(Map.of("loads", "1"));
    Objective objective = Objective.of(slo);
    CapacityFiles files =
        new CapacityFiles(
            results,
            List.of("a", "test"),
            plan,
            objective,
            "processes",
            false,
            SmallRun.UNITS,
            Map.of());
    CapacitySearch search =
        new CapacitySearch(
            plan, objective, TIME, SmallRun.UNITS, SmallRun.CPUS, host, files, new Silent(), line);
    assertThat(search.run()).isTrue();
    return search;
  }

  private static final class Silent implements Progress {
    @Override
    public void phase(String what) {}

    @Override
    public void load(shedlab.report.raw.Progress report) {}

    @Override
    public void finished(CellResult cell, String verdict) {}
  }

  @Test
  void everyMeasurementIsOnDiskWithItsFiguresChecksAndRawFiles() throws Exception {
    JsonNode record = new JsonMapper().readTree(results.resolve(CapacityFiles.FILE).toFile());
    assertThat(record.get("objective").textValue()).isEqualTo("p50<=900ms");
    JsonNode answer = record.get("answers").get(0);
    assertThat(answer.get("server").textValue()).isEqualTo("netty");
    assertThat(answer.get("capacity").get("perSecond").doubleValue()).isPositive();
    JsonNode probes = answer.get("probes");
    assertThat(probes).isNotEmpty();
    assertThat(probes.get(0).get("load").doubleValue()).isEqualTo(Search.START);
    for (JsonNode probe : probes) {
      assertThat(probe.get("failure").isNull()).isTrue();
      assertThat(answered(probe.get("outcomes"))).isPositive();
      assertThat(probe.get("figures").get(0).get("term").textValue()).isEqualTo("p50");
      assertThat(probe.get("checks")).hasSizeGreaterThan(8);
      Path raw = results.resolve("cells").resolve(probe.get("id").textValue());
      assertThat(raw.resolve("client.csv")).isNotEmptyFile();
      assertThat(raw.resolve("server.csv")).isNotEmptyFile();
      assertThat(raw.resolve("latency.hlog")).isNotEmptyFile();
    }
    assertThat(results.resolve("floor.hlog")).isNotEmptyFile();
    assertThat(SAID).hasSize(1 + probes.size()).first().asString().contains("1x is ");
    assertThat(Files.readString(results.resolve(CapacityFiles.REPORT)))
        .contains("# The greatest load that keeps p50<=900ms", "Not evidence", "| netty |")
        .contains("Made by `a test`");
  }

  /** A search goes on to loads at which a cold server answers none in time: late ones count. */
  private static long answered(JsonNode outcomes) {
    return outcomes.get("good").longValue() + outcomes.get("late").longValue();
  }

  @Test
  void anObjectiveThatNoServerKeepsHasNoAnswer() throws Exception {
    Path impossible = Files.createDirectories(folder.resolve("impossible"));
    Files.copy(results.resolve(RunFiles.CAPACITY), impossible.resolve(RunFiles.CAPACITY));
    List<String> said = new ArrayList<>();
    CapacitySearch search = search("p50<=1us", impossible, said::add);

    assertThat(said).first().isEqualTo(SAID.get(0)); // 1x is known, and not measured again
    assertThat(search.found()).isFalse();
    assertThat(impossible.resolve(CapacityFiles.REPORT))
        .content()
        .contains("| broken |", "no answer");
  }
}
