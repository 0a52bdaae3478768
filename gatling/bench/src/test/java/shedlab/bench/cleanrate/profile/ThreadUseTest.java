package shedlab.bench.cleanrate.profile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.bench.cleanrate.profile.ThreadUse.OfThread;
import shedlab.bench.host.HostException;

class ThreadUseTest {
  @TempDir private Path proc = Path.of("");

  private void thread(int id, String name, long nanos, int userTicks, int kernelTicks)
      throws IOException {
    Path thread = Files.createDirectories(proc.resolve("7/task/" + id));
    Files.writeString(thread.resolve("schedstat"), nanos + " 1 2\n");
    Files.writeString(
        thread.resolve("stat"),
        id
            + " ("
            + name
            + ") S 1 1 1 0 -1 4194560 9 0 0 0 "
            + userTicks
            + " "
            + kernelTicks
            + " 0 0 20 0 30 0 100\n");
  }

  @Test
  void threadsOfAKindAreAddedUpSinceTheFirstLook() throws IOException {
    thread(1, "gatling-1-1", 1_000_000_000L, 60, 40);
    thread(2, "C2 CompilerThre", 500_000_000L, 50, 0);
    ThreadUse before = ThreadUse.of(proc, 7);
    thread(1, "gatling-1-1", 3_000_000_000L, 160, 140);
    thread(3, "gatling-1-2", 1_000_000_000L, 100, 0);

    Map<ThreadKind, OfThread> use = ThreadUse.of(proc, 7).since(before);

    assertThat(use).containsOnlyKeys(ThreadKind.EVENT_LOOPS, ThreadKind.COMPILERS);
    OfThread loops = requireNonNull(use.get(ThreadKind.EVENT_LOOPS));
    assertThat(loops).isEqualTo(new OfThread(ThreadKind.EVENT_LOOPS, 3, loops.kernelSeconds()));
    assertThat(loops.kernelSeconds()).isCloseTo(1, within(1e-9));
    assertThat(requireNonNull(use.get(ThreadKind.COMPILERS)).seconds()).isZero();
  }

  @Test
  void aNameMayHaveBracketsAndBlanks() throws IOException {
    thread(1, "a) S (b", 1_000_000_000L, 70, 30);

    assertThat(requireNonNull(ThreadUse.of(proc, 7).threads().get(1L)).kernelSeconds())
        .isEqualTo(0.3);
  }

  @Test
  void aProcessThatHasEndedIsNamed() {
    assertThatThrownBy(() -> ThreadUse.of(proc, 8))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("threads in " + proc.resolve("8/task"));
  }

  @ParameterizedTest
  @CsvSource({
    "gatling-3-1, EVENT_LOOPS",
    "pool-12-thread-1, ACTORS",
    "pause-meter, METERS",
    "C1 CompilerThre, COMPILERS",
    "VM Thread, COLLECTOR",
    "GC Thread#0, COLLECTOR",
    "JFR Sampler Thr, RECORDER",
    "control, OTHER"
  })
  void aThreadIsKnownByItsName(String name, ThreadKind kind) {
    assertThat(ThreadKind.of(name)).isEqualTo(kind);
  }
}
