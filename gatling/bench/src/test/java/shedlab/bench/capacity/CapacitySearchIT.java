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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.run.Progress;
import shedlab.bench.run.SmallRun;
import shedlab.report.result.CellResult;

/** A search with real processes. What it finds is no evidence: cold servers, a busy machine. */
class CapacitySearchIT {
  @TempDir private Path folder = Path.of("");
  private final List<String> said = new ArrayList<>();

  private CapacitySearch search(String slo, Duration time, Path results) throws Exception {
    Plan plan = SmallRun.plan(Map.of("loads", "1"));
    Objective objective = Objective.of(slo);
    try (ProcessHost host = SmallRun.host(folder.resolve("scratch"))) {
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
              plan,
              objective,
              time,
              SmallRun.UNITS,
              SmallRun.CPUS,
              host,
              files,
              new Silent(),
              said::add);
      assertThat(search.run()).isTrue();
      return search;
    }
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
    Path results = folder.resolve("capacity");
    search("p50<=900ms", Duration.ofSeconds(45), results);

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
    assertThat(said).hasSize(1 + probes.size()).first().asString().contains("1x is ");
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
    CapacitySearch search =
        search("p50<=1us", Duration.ofSeconds(45), folder.resolve("impossible"));

    assertThat(search.found()).isFalse();
    assertThat(folder.resolve("impossible").resolve(CapacityFiles.REPORT))
        .content()
        .contains("| broken |", "no answer");
  }
}
