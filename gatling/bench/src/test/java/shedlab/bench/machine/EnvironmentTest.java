package shedlab.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;

class EnvironmentTest {
  @Test
  void namesValuesThatChangedButNotThoseThatAlwaysDiffer() {
    CpuSplit cpus = CpuSplit.ofThisMachine();
    Path nowhere = Path.of("nowhere");
    try (ProcessHost host =
        new ProcessHost(new Distributions(nowhere, nowhere, nowhere), cpus, nowhere)) {
      Environment environment = new Environment(host, cpus);
      Map<String, String> begun = new LinkedHashMap<>(environment.before(7));
      begun.put("load average before", "99.9");
      begun.put("server JVM", "not started yet");
      begun.remove("governor"); // as an earlier version wrote it
      assertThat(environment.changedSince(begun, 7)).isEmpty();

      begun.put("kernel", "4.19");
      begun.put("commit", "0000000");
      begun.put("runner JVM", "another");
      assertThat(environment.changedSince(begun, 7))
          .containsExactly("commit", "kernel", "runner JVM");
    }
  }
}
