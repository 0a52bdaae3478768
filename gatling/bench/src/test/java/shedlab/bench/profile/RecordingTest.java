package shedlab.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.flame.Stacks;
import shedlab.task.CpuTask;

/** A recording of this JVM, in which a thread does tasks for a second. */
class RecordingTest {
  private static final AtomicLong CHECKSUM = new AtomicLong();

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path folder;

  private static Instant from = Instant.EPOCH;
  private static Instant to = Instant.EPOCH;

  @BeforeAll
  static void aThreadDoesTasks() throws Exception {
    Path chunks = Files.createDirectories(folder.resolve("repository/2026_1"));
    try (var recorder = new jdk.jfr.Recording()) {
      recorder.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
      recorder.enable("jdk.ThreadCPULoad").withPeriod(Duration.ofMillis(100));
      recorder.start();
      from = Instant.now();
      Thread worker = new Thread(RecordingTest::work, "shedlab-worker-7");
      worker.start();
      worker.join();
      to = Instant.now();
      recorder.dump(chunks.resolve("a.jfr"));
      recorder.dump(folder.resolve("finished.jfr"));
    }
  }

  private static void work() {
    long end = System.nanoTime() + 1_000_000_000;
    while (System.nanoTime() - end < 0) {
      CHECKSUM.addAndGet(CpuTask.run(20));
    }
  }

  private static Stacks between(Instant first, Instant last, String scratch) throws IOException {
    Path copies = Files.createDirectories(folder.resolve(scratch));
    return Recording.between(folder.resolve("repository"), first, last, copies);
  }

  @Test
  void tasksStandTogetherAndTakeWhatTheirThreadUsed() throws IOException {
    Stacks stacks = between(from, to, "whole");

    assertThat(stacks.weights().keySet())
        .anyMatch(stack -> stack.startsWith("tasks;") && stack.contains("shedlab.task.CpuTask."));
    long tasks =
        stacks.weights().entrySet().stream()
            .filter(stack -> stack.getKey().startsWith("tasks;"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertThat(stacks.total()).isCloseTo(1_000_000, within(1_000L));
    assertThat(tasks).isGreaterThan(stacks.total() / 2);
  }

  @Test
  void theSamplesOfAFinishedFileAreCountedByTheMethodThatRan() throws IOException {
    Map<String, Long> samples = Recording.methods(folder.resolve("finished.jfr"));

    assertThat(samples.keySet())
        .anyMatch(method -> method.startsWith("shedlab.task.CpuTask."))
        .doesNotContain("java.lang.Thread.run")
        .noneMatch(method -> method.contains("/0x"));
  }

  @Test
  void whatIsOutsideOfTheWindowIsLeftOut() throws IOException {
    assertThat(between(from.minusSeconds(9), from.minusSeconds(8), "early").weights()).isEmpty();
  }

  @Test
  void whatTheRecorderIsStillWritingIsNotRead() throws IOException {
    Stacks before = between(from, to, "before");
    Path chunk = folder.resolve("repository/2026_1/a.jfr");
    Files.write(chunk, new byte[] {7, 7, 7, 7}, StandardOpenOption.APPEND);

    assertThat(between(from, to, "after")).isEqualTo(before);
  }

  @Test
  void aServerThatHasNotBegunToRecordHasNoStacks() throws IOException {
    Path nowhere = folder.resolve("nowhere");

    assertThat(Recording.between(nowhere, from, to, folder).weights()).isEmpty();
  }
}
