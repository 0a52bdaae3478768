package shedlab.bench.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.container.QuickImage;
import shedlab.report.NotRun;
import shedlab.report.result.RunFiles;

/** A whole run in containers whose engine stops in the middle. */
class ContainersIT {
  private static final String LAST = "netty-1-fixed-0.5x-r1";
  private static final String ORDINARY_IMAGE = "eclipse-temurin:17-jre";

  private static @Nullable QuickImage image;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void anEngineIsThere() throws Exception {
    NotRun.unless(engineAnswers(), "REQUIRE_CONTAINERS", "a run in containers: no Docker engine");
    String named = System.getenv().getOrDefault("SHEDLAB_IMAGE", "");
    image = QuickImage.of(named.isEmpty() ? ORDINARY_IMAGE : named);
  }

  @AfterAll
  static void removeTheImage() throws Exception {
    if (image != null) {
      image.remove();
    }
  }

  private Bench start(Map<String, String> more) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(more);
    environment.put("SHEDLAB_IMAGE", requireNonNull(image).name());
    // The load generator's container does not see this folder.
    Path trace =
        Files.writeString(
            folder.resolve("a trace, with sizes.csv"),
            "time_us,size\n0,1\n30000,0.5\n50000,2\n90000,1\n120000,1\n");
    return Bench.start(
        folder,
        environment,
        Bench.tiny(
            "--host",
            "containers",
            "--loads",
            "0.3 0.5",
            "--set",
            "warm-up=0s lead-in=2s measure=3s deadline=2s timeout=4s arrivals=trace:file="
                + trace));
  }

  @Test
  void anEngineThatStopsEndsTheRunInOneLineAndTheSameCommandSweepsAndResumes() throws Exception {
    Path run;
    byte[] finished;
    Bench first;
    try (EngineProxy proxy = EngineProxy.open()) {
      first = start(Map.of("DOCKER_HOST", proxy.url()));
      first.awaitOutput(LAST, 240);
      run = Bench.onlyRun(folder);
      finished = Files.readAllBytes(run.resolve("cells.jsonl"));
      proxy.stop();
      assertThat(first.exitCode(120)).describedAs(first.text()).isEqualTo(ShedlabMain.BROKE_OFF);
      assertThat(first.text())
          .contains(
              "shedlab: docker: "
                  + proxy.url()
                  + " (expected: an engine that answers until the run ends)\n")
          .contains("Stopped: 1 of 2 cells are kept in " + run);
      assertThat(first.text().lines())
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }
    assertThat(Files.readAllBytes(run.resolve("cells.jsonl"))).isEqualTo(finished);
    // The engine itself runs on, and its containers have no owner any more.
    assertThat(left(first, "ps", "-aq")).hasLineCount(2);
    assertThat(left(first, "network", "ls", "-q")).hasLineCount(1);

    Bench second = start(Map.of());
    // On a busy machine no cell may be valid.
    assertThat(second.exitCode(240)).describedAs(second.text()).isIn(0, ShedlabMain.NO_ANSWER);
    assertThat(second.text()).contains("host        containers of ", "(1 already measured)");
    assertThat(Bench.onlyRun(folder)).isEqualTo(run);
    byte[] all = Files.readAllBytes(run.resolve("cells.jsonl"));
    assertThat(Arrays.copyOf(all, finished.length)).isEqualTo(finished);
    Bench.verify(run, "containers", 2);
    assertThat(RunFiles.open(run).manifest().settings().get("arrivals"))
        .startsWith("trace:sha256=");
    for (Bench bench : List.of(first, second)) {
      assertThat(left(bench, "ps", "-aq")).isEmpty();
      assertThat(left(bench, "network", "ls", "-q")).isEmpty();
    }
  }

  /** Containers and networks of a runner that the engine still has. */
  private static String left(Bench runner, String... listing) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(listing));
    command.addAll(List.of("--filter", "label=shedlab.pid=" + runner.process().pid()));
    Process process = new ProcessBuilder(command).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text.trim();
  }

  private static boolean engineAnswers() throws Exception {
    try {
      return new ProcessBuilder("docker", "info")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
