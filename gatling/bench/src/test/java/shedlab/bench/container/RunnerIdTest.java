package shedlab.bench.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.NotRun;

class RunnerIdTest {
  private static final RunnerId SELF = new RunnerId("boot", "pid:[1]", 0, 100, 5_000);

  @TempDir private Path proc = Path.of("");

  @Test
  void aRunnerOfTheSameNamespaceIsDeadOnceItsProcessIsGoneOrIsAnotherOne() throws IOException {
    RunnerId other = new RunnerId("boot", "pid:[1]", 0, 200, 6_000);
    assertThat(SELF.knowsDead(other, proc)).isTrue();

    started(200, 6_000);
    assertThat(SELF.knowsDead(other, proc)).isFalse();

    started(200, 7_000); // the number was used again
    assertThat(SELF.knowsDead(other, proc)).isTrue();
  }

  @Test
  void ofARunnerElsewhereNothingIsKnown() {
    assertThat(SELF.knowsDead(new RunnerId("boot", "pid:[2]", 0, 999_999, 1), proc)).isFalse();
    assertThat(SELF.knowsDead(new RunnerId("other", "pid:[1]", 0, 999_999, 1), proc)).isFalse();
    assertThat(SELF.knowsDead(new RunnerId("boot", "pid:[1]", 7, 999_999, 1), proc)).isFalse();
  }

  @Test
  void aProcessThatCannotBeReadIsNotKnownToBeDead() throws IOException {
    Files.createDirectories(proc.resolve("200/stat")); // a folder cannot be read as a file
    assertThat(SELF.knowsDead(new RunnerId("boot", "pid:[1]", 0, 200, 6_000), proc)).isFalse();
  }

  @Test
  void itsTextIsReadBackAndAnythingElseIsNobody() {
    assertThat(RunnerId.parse(SELF.toString())).contains(SELF);
    assertThat(RunnerId.parse("999999")).isEmpty(); // as earlier versions labelled
    assertThat(RunnerId.parse("a/b/c/d/e")).isEmpty();
  }

  @Test
  void thisProcessIsAliveToItself() {
    NotRun.unless(Files.exists(Path.of("/proc/self/ns/pid")), "CI", "a runner's id: no /proc");
    RunnerId self = RunnerId.ofThisProcess().orElseThrow();
    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(self.knowsDead(self, Path.of("/proc"))).isFalse();
  }

  private void started(long pid, long ticks) throws IOException {
    Path stat = Files.createDirectories(proc.resolve("" + pid)).resolve("stat");
    String zeros = "0 ".repeat(18);
    Files.writeString(stat, pid + " (a (strange) name) S " + zeros + ticks + " 0 0\n");
  }
}
