package shedlab.bench.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import shedlab.bench.host.HostException;

class MachineFactsTest {
  private static final String INFO =
      """
      {"ID":"DVQN:7","NCPU":4,"MemTotal":8589934592,"KernelVersion":"6.1.0-21-amd64",\
      "OperatingSystem":"Debian GNU/Linux 12 (bookworm)","ServerVersion":"20.10.24+dfsg1",\
      "CgroupVersion":"2","CPUSet":true,"Name":"lab"}""";

  private static final String PROBED =
      "0f8fad5b-d9cb-469f-a165-70867728950e\nName:\tcat\nCpus_allowed_list:\t1-3\n";

  @Test
  void anEngineTellsOfItsMachineAndAContainerOfItsCpusAndItsKernel() {
    MachineFacts facts = MachineFacts.of(INFO, "1.41", PROBED);

    assertThat(facts.boot()).isEqualTo("0f8fad5b-d9cb-469f-a165-70867728950e");
    assertThat(facts.cpus().cpus()).containsExactly(1, 2, 3);
    assertThat(facts)
        .hasToString(
            "engine 20.10.24+dfsg1, API 1.41, cgroup v2; Debian GNU/Linux 12 (bookworm), kernel"
                + " 6.1.0-21-amd64, 8192 MiB, CPUs 1,2,3");
  }

  @Test
  void whereAContainerTellsNothingTheEngineStandsForItsKernelAndCountsItsCpus() {
    MachineFacts facts = MachineFacts.of(INFO, "1.41", "");

    assertThat(facts.boot()).isEqualTo("engine DVQN:7");
    assertThat(facts.cpus().cpus()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void anEngineThatTellsNoCpusIsRefusedInOneLine() {
    assertThatThrownBy(() -> MachineFacts.of("{}", "1.41", ""))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("docker info: NCPU: ");
    assertThatThrownBy(() -> MachineFacts.of("Cannot connect", "1.41", ""))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("docker info: ");
  }
}
