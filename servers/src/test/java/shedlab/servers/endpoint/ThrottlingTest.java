package shedlab.servers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThrottlingTest {
  private final Path folder;

  ThrottlingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Throttling with(String membership, String statFile, String stat) throws Exception {
    Path file = folder.resolve("mount").resolve(statFile);
    Files.createDirectories(file.getParent());
    Files.writeString(file, stat);
    return Throttling.of(
        Files.writeString(folder.resolve("membership"), membership), folder.resolve("mount"));
  }

  @Test
  void readsTheSecondVersionOfControlGroups() throws Exception {
    assertThat(
            with(
                    "0::/a/b\n",
                    "a/b/cpu.stat",
                    "usage_usec 9\nnr_periods 7\nnr_throttled 3\nthrottled_usec 1500\n")
                .read())
        .isEqualTo(new Throttling.Reading(3, 1_500));
  }

  @Test
  void readsTheFirstVersionWhoseTimesAreNanoseconds() throws Exception {
    String stat = "nr_periods 7\nnr_throttled 3\nthrottled_time 1500000\n";
    assertThat(
            with("2:cpuacct:/x\n1:cpu,cpuacct:/a\n0::/\n", "cpu,cpuacct/a/cpu.stat", stat).read())
        .isEqualTo(new Throttling.Reading(3, 1_500));
  }

  @Test
  void findsItsOwnGroupWhereAContainerSeesItAsTheRoot() throws Exception {
    String stat = "nr_periods 7\nnr_throttled 3\nthrottled_time 1500000\n";
    assertThat(with("1:cpu:/docker/0123\n", "cpu/cpu.stat", stat).read())
        .isEqualTo(new Throttling.Reading(3, 1_500));
  }

  @Test
  void saysNothingWhereThereIsNoQuota() throws Exception {
    assertThat(with("0::/\n", "cpu.stat", "usage_usec 9\n").read()).isNull();
    assertThat(Throttling.of(folder.resolve("missing"), folder).read()).isNull();
  }
}
