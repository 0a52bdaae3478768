package shedlab.injector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of the real process; {@link ControlProtocolTest} has its control protocol. */
final class InjectorMainTest {
  @Test
  void theProcessEndsIfNobodyAsks(@TempDir Path other) throws Exception {
    try (InjectorProcess lonely = new InjectorProcess(other, "--idle-exit-seconds", "1")) {
      assertThat(lonely.ready().get("ready").asBoolean()).isTrue();
      assertThat(lonely.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(lonely.process().exitValue()).isZero();
    }
  }

  @Test
  void theProcessEndsWithItsStandardInputOrWhenThatFallsSilentIfItHasALease(@TempDir Path other)
      throws Exception {
    try (InjectorProcess left = new InjectorProcess(other, "--lease-seconds", "3600");
        InjectorProcess cutOff = new InjectorProcess(other, "--lease-seconds", "5")) {
      left.process().getOutputStream().close();
      assertThat(left.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(left.process().exitValue()).isEqualTo(InjectorMain.ORPHAN);
      assertThat(cutOff.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(cutOff.process().exitValue()).isEqualTo(InjectorMain.ORPHAN);
    }
  }
}
