package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.setting.JvmArchive;
import shedlab.report.Project;
import shedlab.report.result.CpuList;

/** What a host of local processes leaves behind: nothing. */
class ProcessHostIT {
  private static final Distributions BUILT = Distributions.of(Project.root());
  private static final CpuSplit CPUS = CpuSplit.ofThisMachine();
  private static final ServerSettings SETTINGS =
      ServerSettings.of("netty", "fixed:limit=4", 20, 2, Map.of());

  @TempDir private Path folder = Path.of("");

  @Test
  void aJvmThatIsNotReadyInTimeIsEnded() throws Exception {
    Path silent =
        Files.writeString(
            folder.resolve("java"), "#!/bin/sh\necho here I am >&2\nexec sleep 600\n");
    assertThat(silent.toFile().setExecutable(true)).isTrue();
    try (ProcessHost host =
        new ProcessHost(BUILT, CPUS, folder, silent.toString(), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> host.startServer(SETTINGS))
          .isInstanceOf(HostException.class)
          .hasMessage("server-1: not ready (expected: ready within 1 s; its last line: here I am)");
      assertThat(ProcessHandle.current().descendants())
          .noneMatch(child -> child.info().commandLine().orElse("").contains("sleep 600"));
    }
  }

  @Test
  void everyCpuOfBothSidesHasAHistogramOfItsWakeUps() {
    try (ProcessHost host = new ProcessHost(BUILT, CPUS, folder)) {
      var byCpu = Objects.requireNonNull(host.wakeUps(Duration.ofMillis(300)).get(""));

      assertThat(byCpu).containsOnlyKeys(CpuList.parse(CPUS.list()).cpus());
      byCpu
          .values()
          .forEach(
              micros -> {
                long millis = micros.getEndTimeStamp() - micros.getStartTimeStamp();
                assertThat(millis).isGreaterThanOrEqualTo(295);
                assertThat(micros.getTotalCount()).isBetween(millis / 2 - 1, millis + 1);
              });
    }
  }

  @Test
  void aServerBeginsWithTheClassesThatAWarmOneHasLeftOrNotAtAll() throws IOException {
    ServerSettings cold =
        new ServerSettings(
            "netty",
            "fixed:limit=4",
            20,
            2,
            Map.of(),
            false,
            null,
            false,
            JvmArchive.CLASSES,
            false);
    try (ProcessHost host = new ProcessHost(BUILT, CPUS, folder)) {
      assertThatThrownBy(() -> host.startServer(cold))
          .hasMessageStartingWith("jvm-archive: classes (expected: written by a server");

      host.startServer(SETTINGS.training(JvmArchive.CLASSES)).close();
      Path archive = folder.resolve("processes/netty-classes.archive");
      assertThat(archive).isNotEmptyFile();
      try (RunningServer server = host.startServer(cold)) {
        assertThat(server.configuration().path("ready").asBoolean()).isTrue();
      }

      Files.writeString(archive, "no archive");
      assertThatThrownBy(() -> host.startServer(cold))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("ready within");
    }
  }

  @Test
  void logsAndSamplesAreDeletedWhenItIsClosedAndNothingElseIs() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "text");
    try (ProcessHost host = new ProcessHost(BUILT, CPUS, folder);
        RunningServer server = host.startServer(SETTINGS)) {
      assertThat(server.samples()).startsWith("epoch_micros");
      assertThat(server.pid()).hasValue(server.configuration().path("pid").asLong());
    }
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(other);
    }
  }
}
