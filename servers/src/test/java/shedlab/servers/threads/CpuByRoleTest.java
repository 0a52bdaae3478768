package shedlab.servers.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.servers.threads.CpuByRole.Role;

class CpuByRoleTest {
  private final Path threads;

  CpuByRoleTest(@TempDir Path threads) {
    this.threads = threads;
  }

  @Test
  void threadsAreToldApartByTheirNames() throws IOException {
    thread(1, "java", 1_000);
    thread(2, "shedlab-worker-", 20);
    thread(3, "shedlab-worker-", 300);
    thread(4, "undertow I/O-1", 4);
    thread(5, "C2 CompilerThre", 50);
    thread(6, "VM Thread", 6);

    assertThat(CpuByRole.of(threads).read())
        .isEqualTo(
            Map.of(Role.WORKER, 320L, Role.IO, 4L, Role.JIT, 50L, Role.GC, 6L, Role.REST, 1_000L));
  }

  @Test
  void aThreadThatHasEndedStillCounts() throws IOException {
    thread(1, "C1 CompilerThre", 70);
    thread(2, "GC Thread#0", 5);
    CpuByRole cpu = CpuByRole.of(threads);
    assertThat(cpu.read()).containsEntry(Role.JIT, 70L);

    Files.delete(threads.resolve("1/comm"));
    Files.delete(threads.resolve("1/schedstat"));
    Files.delete(threads.resolve("1"));
    thread(2, "GC Thread#0", 9);

    assertThat(cpu.read()).containsEntry(Role.JIT, 70L).containsEntry(Role.GC, 9L);
  }

  @Test
  void aNumberThatTheKernelGivesToAnotherThreadStartsAnew() throws IOException {
    thread(1, "C1 CompilerThre", 70);
    CpuByRole cpu = CpuByRole.of(threads);
    assertThat(cpu.read()).containsEntry(Role.JIT, 70L);

    thread(1, "jetty-7", 3);

    assertThat(cpu.read()).containsEntry(Role.JIT, 70L).containsEntry(Role.IO, 3L);
  }

  @Test
  void aThreadThatIsNotNamedYetIsOneOfTheRestUntilItIs() throws IOException {
    thread(1, "java", 10);
    CpuByRole cpu = CpuByRole.of(threads);
    assertThat(cpu.read()).containsEntry(Role.REST, 10L);

    thread(1, "multiThreadIoEv", 25);

    assertThat(cpu.read()).containsEntry(Role.REST, 10L).containsEntry(Role.IO, 15L);
  }

  @Test
  void aKernelThatCountsNothingTellsNothing() throws IOException {
    Files.createDirectory(threads.resolve("1"));
    assertThat(CpuByRole.of(threads).read()).isNull();
    assertThat(CpuByRole.of(threads.resolve("none")).read()).isNull();
  }

  private void thread(int id, String name, long nanos) throws IOException {
    Path folder = Files.createDirectories(threads.resolve(Integer.toString(id)));
    Files.writeString(folder.resolve("comm"), name + "\n");
    Files.writeString(folder.resolve("schedstat"), nanos + " 7 1\n");
  }
}
