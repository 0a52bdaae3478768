package shedlab.bench.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.container.DockerCommand;
import shedlab.bench.container.QuickImage;
import shedlab.report.NotRun;
import shedlab.report.Project;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.RunFiles;

/** Load from other machines: three Docker engines, which {@code .ci/machines} has made. */
class MachinesIT {
  private static final String LAB = System.getenv().getOrDefault("SHEDLAB_LAB", "");

  /** A name of each kind. */
  private static final String SERVER = "ssh://root@10.231.7.11";

  private static final String LOAD = "tcp://10.231.7.12:2375";
  private static final String MORE_LOAD = "lab-3";

  /** The address of each engine. */
  private static final String ENGINE = "tcp://10.231.7.1%d:2375";

  private static @Nullable QuickImage image;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void theMachinesAreThere() throws Exception {
    NotRun.unless(!LAB.isEmpty(), "REQUIRE_MACHINES", "three machines: run .ci/machines");
    image = QuickImage.of(System.getenv().getOrDefault("SHEDLAB_IMAGE", ""));
  }

  @AfterAll
  static void removeTheImage() throws Exception {
    if (image != null) {
      image.remove();
    }
  }

  @BeforeEach
  void oneHasAName() throws Exception {
    String config = folder.resolve("docker").toString();
    String engine = "host=" + ENGINE.formatted(3);
    DockerCommand.docker("--config", config, "context", "create", MORE_LOAD, "--docker", engine);
  }

  private Map<String, String> environment() {
    return Map.of(
        "DOCKER_CONFIG",
        folder.resolve("docker").toString(),
        "PATH",
        LAB + "/bin:" + System.getenv("PATH"));
  }

  private Bench start(String... machines) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--profile",
                "smoke",
                "--servers",
                "netty",
                "--strategies",
                "none fixed:limit=1+fifo:capacity=16,timeout=200ms aimd:min=1,max=64,timeout=200ms",
                "--loads",
                "0.5",
                "--set",
                "warm-up=0s lead-in=2s measure=3s deadline=2s timeout=4s"));
    arguments.addAll(List.of("--server-cpus", "0", "--load-cpus", "1"));
    arguments.addAll(List.of("--image", requireNonNull(image).name()));
    arguments.addAll(List.of("--machines", String.join(" ", machines)));
    return Bench.start(folder, environment(), arguments);
  }

  @Test
  void whateverDiesNothingIsLeftOnAnyMachineNoFinishedCellIsLostAndTheSameCommandGoesOn()
      throws Exception {
    String[] machines = {"server=" + SERVER, "load=" + LOAD + "," + MORE_LOAD};

    // This machine dies, or the program on it.
    Bench killed = start(machines);
    awaitCell(killed, 1);
    killed.process().destroyForcibly();
    assertNothingIsLeft(1, 2, 3);
    Path run = Bench.onlyRun(folder);

    // The engine of a load generator dies.
    Bench bereft = start(machines);
    awaitCell(bereft, 3);
    byte[] finished = Files.readAllBytes(run.resolve("cells.jsonl"));
    kill(3);
    assertThat(bereft.exitCode(120)).describedAs(bereft.text()).isEqualTo(ShedlabMain.BROKE_OFF);
    assertThat(bereft.text())
        .contains("FAILED: injector-2 on " + MORE_LOAD + ": its Docker engine is gone")
        .contains("shedlab: machine: " + MORE_LOAD + " (expected: a Docker engine that answers")
        .contains("Stopped: 2 of 3 cells are kept in " + run);
    assertThat(bereft.text().lines())
        .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    assertNothingIsLeft(1, 2);
    List<CellResult> cells = RunFiles.open(run).cells();
    assertThat(cells).hasSize(3);
    assertThat(cells.get(2).judgement().failure()).contains("its Docker engine is gone");

    engine("start", LAB, "3");
    assertNothingIsLeft(1, 2, 3);
    Bench resumed = start(machines);
    // On a busy machine no cell may be valid.
    assertThat(resumed.exitCode(240)).describedAs(resumed.text()).isIn(0, ShedlabMain.NO_ANSWER);
    assertThat(resumed.text()).contains("(2 already measured)");
    byte[] all = Files.readAllBytes(run.resolve("cells.jsonl"));
    assertThat(Arrays.copyOf(all, finished.length)).isEqualTo(finished);
    assertNothingIsLeft(1, 2, 3);

    Bench.verify(Bench.onlyRun(folder), "machines", 3);
    for (CellResult cell : RunFiles.open(run).cells()) {
      assertThat(cell.judgement().checks())
          .filteredOn(check -> check.name().equals("server's clock known to, s"))
          .hasSize(1)
          .allMatch(Check::ok);
    }
    assertThat(RunFiles.open(run).env())
        .containsEntry("machines", "3 engines on 1 kernels")
        .hasEntrySatisfying("machine load2", fact -> assertThat(fact).startsWith(MORE_LOAD));
  }

  @Test
  void aMachineThatIsNotThereIsOneLine() throws Exception {
    Bench bench = start("server=" + SERVER, "load=tcp://10.231.7.99:2375");
    assertThat(bench.exitCode(60)).isEqualTo(2);
    assertThat(bench.text())
        .startsWith(
            "shedlab: machine: tcp://10.231.7.99:2375 (expected: a Docker engine that answers;")
        .hasLineCount(1);
  }

  /** Waits until the load of a cell is under way; in which order they come is drawn. */
  private static void awaitCell(Bench bench, int number) {
    Pattern line = Pattern.compile("(?m)^\\[" + number + "/3, .*] netty-[1-3]-.*-r1$");
    await()
        .atMost(Duration.ofMinutes(4))
        .failFast(() -> assertThat(bench.process().isAlive()).describedAs(bench.text()).isTrue())
        .until(() -> line.matcher(bench.text()).find());
  }

  /** Neither a container of any engine nor a process of one, whose engine may be dead. */
  private static void assertNothingIsLeft(int... engines) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(processes()).isEmpty();
              for (int number : engines) {
                String engine = ENGINE.formatted(number);
                assertThat(DockerCommand.docker("--host", engine, "ps", "--all", "--quiet"))
                    .isEmpty();
              }
            });
  }

  /** The machines are on this one, so that their processes are seen here. */
  private static List<String> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> process.info().commandLine().orElse(""))
          .filter(line -> line.contains("-jar /app/"))
          .toList();
    }
  }

  private static void kill(int number) throws Exception {
    String pid = Files.readString(Path.of(LAB, Integer.toString(number), "pid")).trim();
    assertThat(new ProcessBuilder("kill", "-KILL", pid).start().waitFor()).isZero();
  }

  private static void engine(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Project.file(".ci/machines").toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
