package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.load.Trace;
import shedlab.report.Project;

class AdviseCommandTest {
  private static final Path LOG =
      Project.file("gatling/bench/src/test/resources/logs/envoy-orders.log");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void fewContenders() throws IOException {
    Files.writeString(
        folder.resolve("contenders"),
        """
        default.none = none
        tuned.queue = fixed:limit=${cpus}+fifo:capacity=${cpus*64},timeout=${deadline/2}
        tuned.aimd = aimd:profile=tuned,deadline=${deadline},workers=${cpus}
        reference.oracle = bucket:rate=${capacity}/s+none
        """);
  }

  @Test
  void aLogIsForecastAndItsArrivalsCanBeReplayed() throws IOException {
    Path trace = folder.resolve("orders.trace");
    String[] options = {"--cores=1", "--deadline=300ms", "--log=" + LOG, "--trace-into=" + trace};

    Said said = advise(options);

    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("## 1. Use this", "    fixed:limit=1+fifo:capacity=64,timeout=150ms")
        .contains("## 2. Where it breaks", "| tasks 3x as long | ")
        .contains("## 3. The same settings elsewhere", "max_connections: 1", "maxconn 1")
        .contains("1807 lines and 1 bad ones", "envoy-orders.log:901: ")
        .contains("| refused (429, 503) | 5.8 % | ")
        .contains("STRATEGIES='fixed:limit=1+fifo:capacity=64,timeout=150ms'")
        .contains("arrivals=trace:file=" + trace)
        .doesNotContain("oracle", "NaN", "null", "Infinity");
    assertThat(Files.readAllLines(trace)).hasSize(1_807).startsWith("0");
    assertThat(Trace.read(trace.toString()).text()).isEqualTo(Files.readString(trace));
    // Bit for bit.
    assertThat(advise(options)).isEqualTo(said);
  }

  @Test
  void samplesGiveMeanAndSpread() throws IOException {
    Path samples = Files.writeString(folder.resolve("samples.csv"), "id,cpu_ms\n1,10\n2,30\n");

    Said said =
        advise(
            "--cores=2",
            "--deadline=200ms",
            "--samples=" + samples,
            "--column=cpu_ms",
            "--rate=30/s");

    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .contains("2 cores, 4 workers each; tasks of 20.0 ms on average, `lognormal:cv=0.71`")
        .contains("The cores can do 100.0/s; 30.0/s are offered: 0.30x the capacity.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--deadline=1s | cores: (not given) (expected: how many CPU cores the server has)",
        "--cores=0 --deadline=1s --task=1ms | cores: 0 (expected: a whole number from 1 to 1024)",
        "--cores=1 | deadline: (not given) (expected: up to when an answer is of use,",
        "--cores=1 --deadline=soon --task=1ms | deadline: soon (expected: a duration above zero",
        "--cores=1 --deadline=1s | task: (not given) (expected: the mean CPU time of a request,",
        "--cores=1 --deadline=1s --task=5 | task: 5 (expected: a duration",
        "--cores=1 --deadline=10ms --task=10ms | deadline: 10ms (expected: longer than a task, 10ms)",
        "--cores=1 --deadline=1s --task=1ms --law=odd | service-law: odd (expected: one of [determ",
        "--cores=1 --deadline=1s --task=1ms --cv=-1 | cv: -1 (expected: a number from 0.0 to 100.0)",
        "--cores=1 --deadline=1s --task=1ms --cv=1 --law=pareto | cv: 1 (expected: law or cv, not both)",
        "--cores=1 --deadline=1s --task=1ms --rate=9 | rate: 9 (expected: requests per second such as",
        "--cores=1 --deadline=1s --task=1ms --timeout=9ms | timeout: 9ms (expected: the deadline or more)",
        "--cores=1 --deadline=1s --log=no-such.log | log: no-such.log (expected: a readable file)",
        "--cores=1 --deadline=1s --samples=no-such | samples: no-such (expected: a readable file)",
        "--cores=1 --deadline=1s --task=1ms --column=x | column: x (expected: samples too)",
        "--cores=1 --deadline=1s --task=1ms --trace-into=x | trace-into: x (expected: a log too)",
        "--cores=1 --deadline=1s --task=1ms extra | argument: extra (expected: one of [--cores,"
      })
  void badInputIsOneLine(String options, String message) {
    Said said = advise(options.split(" ", -1));

    assertThat(said.err()).startsWith("shedlab: " + message).endsWith(")\n").hasLineCount(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(2);
  }

  private Said advise(String... options) {
    List<String> arguments = new ArrayList<>(List.of("advise"));
    arguments.addAll(Arrays.asList(options));
    arguments.add("--contenders=" + folder.resolve("contenders"));
    return Said.by(arguments.toArray(String[]::new));
  }
}
