package shedlab.bench.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSchedulingTest {
  private static final String BUILD =
      """
      # Automatically generated file
      CONFIG_HZ_250=y
      CONFIG_HZ=250
      # CONFIG_PREEMPT_VOLUNTARY is not set
      CONFIG_PREEMPT_NONE=y
      CONFIG_PREEMPT_DYNAMIC=y
      """;

  @TempDir private Path root = Path.of("");

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  @Test
  void whatTheKernelDoesNotTellIsUnknown() {
    assertThat(new KernelScheduling(new Machine(root)).facts())
        .hasSize(3)
        .allSatisfy((name, fact) -> assertThat(fact).isEqualTo("unknown"));
  }

  @Test
  void modeAndTickComeFromHowTheKernelWasBuilt() throws IOException {
    write("proc/sys/kernel/osrelease", "6.12.1\n");
    write("proc/sys/kernel/version", "#1 SMP PREEMPT_DYNAMIC Debian\n");
    write("boot/config-6.12.1", BUILD);

    assertThat(new KernelScheduling(new Machine(root)).facts())
        .containsEntry("kernel version", "#1 SMP PREEMPT_DYNAMIC Debian")
        .containsEntry("preemption", "none, as built; root may have changed it")
        .containsEntry("tick Hz", "250");
  }

  @Test
  void thePackedOptionsOfTheRunningKernelComeFirst() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(root.resolve("proc/config.gz")))) {
      out.write("CONFIG_PREEMPT=y\nCONFIG_HZ=1000\n".getBytes(UTF_8));
    }

    assertThat(new KernelScheduling(new Machine(root)).facts())
        .containsEntry("preemption", "full, as built")
        .containsEntry("tick Hz", "1000");
  }

  @Test
  void theModeOfThisMomentCountsMoreThanTheCommandLineAndThatMoreThanTheBuild() throws IOException {
    write("proc/sys/kernel/osrelease", "6.12.1");
    write("boot/config-6.12.1", BUILD);
    write("proc/cmdline", "quiet preempt=voluntary panic=1\n");
    assertThat(new KernelScheduling(new Machine(root)).facts())
        .containsEntry("preemption", "voluntary, by the kernel's command line");

    write("sys/kernel/debug/sched/preempt", "none voluntary full (lazy)\n");
    assertThat(new KernelScheduling(new Machine(root)).facts()).containsEntry("preemption", "lazy");
  }
}
