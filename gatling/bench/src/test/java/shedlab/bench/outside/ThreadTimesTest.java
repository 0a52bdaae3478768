package shedlab.bench.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.host.HostException;

class ThreadTimesTest {
  @TempDir private Path proc = Path.of("");

  private void thread(int id, long nanos) throws IOException {
    Path folder = Files.createDirectories(proc.resolve("7/task/" + id));
    Files.writeString(folder.resolve("schedstat"), nanos + " 12 3\n");
  }

  @Test
  void aThreadCanBeLeftOutAndANewOneCounts() throws Exception {
    thread(7, 1_000_000_000);
    thread(8, 5_000_000_000L);
    ThreadTimes before = ThreadTimes.of(proc, 7);
    thread(7, 1_500_000_000);
    thread(8, 7_000_000_000L);
    thread(9, 250_000_000);
    ThreadTimes after = ThreadTimes.of(proc, 7);

    assertThat(after.secondsSince(before, List.of())).isEqualTo(2.75);
    assertThat(after.secondsSince(before, List.of(8L))).isEqualTo(0.75);
  }

  @Test
  void threadsAreFoundByTheBeginningOfTheirNames() throws Exception {
    thread(7, 1);
    thread(8, 1);
    Files.writeString(proc.resolve("7/task/7/comm"), "java\n");
    Files.writeString(proc.resolve("7/task/8/comm"), "shedlab-worker-\n");

    assertThat(ThreadTimes.named(proc, 7, "shedlab-worker")).containsExactly(8L);
  }

  @Test
  void aProcessThatHasEndedIsToldInOneLine() {
    assertThatThrownBy(() -> ThreadTimes.of(proc, 4))
        .isInstanceOf(HostException.class)
        .hasMessageMatching("CPU time: .* \\(expected: threads in .*/4/task\\)");
  }
}
