package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.pack.Unpacked;

/** What the report says of where the CPU time went, with samples of several ages. */
class CpuSectionTest {
  private static final List<String> OF_THREADS =
      List.of("worker_cpu_micros", "io_cpu_micros", "jit_cpu_micros", "gc_cpu_micros");

  @TempDir private Path run = Path.of("");

  @BeforeEach
  void aRun() throws IOException {
    RichRun.write(run, 2, List.of(0.5, 2.0), 1);
  }

  @Test
  void theHighestCommonLoadHasABarForEachStrategy() throws IOException {
    Report.write(run);

    assertThat(section())
        .startsWith("At 2x, refusals take at most ")
        .contains(" of the server's CPU: on ", "with `fixed`, where tasks take ")
        .contains("charts/cpu-light.svg", "| I/O of refusals | I/O of the others | JIT | GC |")
        .contains("a division by count, not a measurement")
        .doesNotContain("do not tell", "NaN");
    assertThat(run.resolve("charts/cpu-light.svg"))
        .content()
        .contains("workers beside their tasks", ">undertow</text>", "at 2x");
  }

  @Test
  void samplesThatDoNotTellThreadsApartAreCalledSo() throws IOException {
    without(OF_THREADS);

    Report.write(run);

    assertThat(section())
        .startsWith("At 2x, tasks take ")
        .contains("The samples of undertow, jetty and netty do not tell workers, I/O, JIT and GC")
        .contains("| tasks | rest of the process | stolen | idle |");
    assertThat(Files.readAllLines(run.resolve("summary.csv")).get(0))
        .contains("cpu_tasks_share", "cpu_rest_share")
        .doesNotContain("cpu_jit_share");
  }

  @Test
  void samplesOfTheProcessAloneHaveASentenceAndNoEmptyTable() throws IOException {
    without(
        Stream.concat(OF_THREADS.stream(), Stream.of("task_cpu_micros", "task_units")).toList());

    Report.write(run);

    assertThat(section())
        .startsWith("Where the server's CPU went")
        .contains("The samples of jetty, netty and undertow tell the CPU time of the process alone")
        .doesNotContain("|", "<picture>");
    assertThat(run.resolve("charts/cpu-light.svg")).doesNotExist();
  }

  @Test
  void aServerThatIsSeenFromOutsideIsNamed() throws IOException {
    samples("netty-", text -> kept(text, List.of("second", "epoch_micros", "cpu_micros")));

    Report.write(run);

    assertThat(section())
        .contains("What netty spends its CPU time on is not known: it is seen from outside.")
        .contains("| jetty |")
        .doesNotContain("| netty |");
  }

  @Test
  void aRunOfServersSeenFromOutsideHasNoSuchSection() throws IOException {
    samples("", text -> kept(text, List.of("second", "epoch_micros", "cpu_micros")));

    Report.write(run);

    assertThat(run.resolve("REPORT.md")).content().doesNotContain("CPU went", "human:cpu");
  }

  @Test
  void aProfiledRunSaysWhatThatMeansAndLinksItsFlameGraphs() throws IOException {
    profiled();
    String cell;
    try (Stream<Path> cells = Files.list(run.resolve("cells"))) {
      cell = cells.map(c -> c.getFileName().toString()).sorted().toList().get(0);
    }
    Files.writeString(run.resolve("cells/" + cell + "/flame.html"), "a graph");

    Report.write(run);

    assertThat(section())
        .contains("The servers sampled their own stacks, which takes CPU time")
        .contains("The flame graph of a cell is `cells/<id>/flame.html`.");
    assertThat(Unpacked.page(Files.readString(run.resolve("report.html"))))
        .contains("<a href=\"cells/" + cell + "/flame.html\">flame graph</a>");
  }

  @Test
  void aProfiledRunWithoutItsGraphsDoesNotPointToThem() throws IOException {
    profiled();

    Report.write(run);

    assertThat(section()).contains("sampled their own stacks").doesNotContain("flame");
  }

  private void profiled() throws IOException {
    var json = new JsonMapper();
    Path plan = run.resolve("plan.json");
    ObjectNode profiled = (ObjectNode) json.readTree(plan.toFile());
    ((ObjectNode) profiled.get("settings")).put("profile-cpu", "yes");
    Files.writeString(plan, profiled.toString());
  }

  private void without(List<String> columns) throws IOException {
    samples(
        "",
        text ->
            kept(
                text,
                Arrays.stream(header(text)).filter(name -> !columns.contains(name)).toList()));
  }

  private static String[] header(String text) {
    return text.substring(0, text.indexOf('\n')).split(",", -1);
  }

  private static String kept(String text, List<String> columns) {
    List<String> names = List.of(header(text));
    int[] at = columns.stream().mapToInt(names::indexOf).toArray();
    return text.lines()
        .map(
            line -> {
              String[] fields = line.split(",", -1);
              return IntStream.of(at).mapToObj(i -> fields[i]).collect(Collectors.joining(","));
            })
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Changes the samples of the cells whose names begin so. */
  private void samples(String begin, UnaryOperator<String> change) throws IOException {
    try (Stream<Path> cells = Files.list(run.resolve("cells"))) {
      for (Path cell : cells.filter(c -> c.getFileName().toString().startsWith(begin)).toList()) {
        Path file = cell.resolve("server.csv");
        Files.writeString(file, change.apply(Files.readString(file)));
      }
    }
  }

  /** Its title and what follows, up to the next section. */
  private String section() throws IOException {
    return Stream.of(Files.readString(run.resolve("REPORT.md")).split("\n## ", -1))
        .filter(part -> part.contains("human:cpu") || part.contains("CPU went"))
        .findFirst()
        .orElseThrow();
  }
}
