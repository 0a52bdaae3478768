package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.targets.Targets;
import shedlab.spec.SpecException;

/** What the servers are to run on is never ignored. */
class HostChoiceTest {
  private static final CpuSplit CPUS = CpuSplit.of(List.of(0), List.of(1));

  @Test
  void aJavaOfTheServersChoosesProcessesAndAnImageContainers() {
    HostChoice java = choice("auto", "", "/jdk/bin/java");
    assertThat(java.containers()).isFalse();
    assertThat(java.explanation())
        .isEqualTo("pinned processes (for server-java), servers on /jdk/bin/java");

    HostChoice image = choice("auto", "jre:25", "");
    assertThat(image.containers()).isTrue();
    assertThat(image.serverRuntime()).isEqualTo("jre:25");
  }

  @Test
  void theOneThatTheHostDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> choice("containers", "", "/jdk/bin/java"))
        .isInstanceOf(SpecException.class)
        .hasMessage("server-java: /jdk/bin/java (expected: a --server-image, in containers)");
    assertThatThrownBy(() -> choice("processes", "jre:25", ""))
        .isInstanceOf(SpecException.class)
        .hasMessage("server-image: jre:25 (expected: a --server-java, in processes)");
    assertThatThrownBy(() -> HostChoice.with(Targets.NONE, "a fleet", "auto", "jre:25", "", CPUS))
        .isInstanceOf(SpecException.class)
        .hasMessage("server-image: jre:25 (expected: a --server-java, in processes)");
  }

  private static HostChoice choice(String host, String serverImage, String serverJava) {
    return HostChoice.of(host, "", serverImage, serverJava, CPUS, jre -> {});
  }
}
