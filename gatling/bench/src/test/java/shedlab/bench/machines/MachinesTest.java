package shedlab.bench.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.spec.SpecException;

class MachinesTest {
  @Test
  void theServersMachineAndThoseOfTheLoadAreNamedInAnyOrder() {
    Machines machines = Machines.parse(" load=ssh://me@b,lab-3  server=tcp://10.0.0.7:2376 ");

    assertThat(machines.server()).isEqualTo(new MachineAddress("tcp://10.0.0.7:2376", ""));
    assertThat(machines.load())
        .containsExactly(new MachineAddress("ssh://me@b", ""), new MachineAddress("lab-3", ""));
    assertThat(Machines.parse(machines.toString())).isEqualTo(machines);
  }

  @ParameterizedTest
  @CsvSource({
    "ssh://me@lab.example/10.0.0.7, --host ssh://me@lab.example, 10.0.0.7",
    "ssh://lab:2222, --host ssh://lab:2222, ''",
    "tcp://[fe80::7]:2376/fe80::7, --host tcp://[fe80::7]:2376, fe80::7",
    "default/10.0.0.7, --context default, 10.0.0.7",
    "my.lab_3, --context my.lab_3, ''"
  })
  void theProgramDockerIsToldTheEngineAndTheAddressBehindTheSlashIsForTheOthers(
      String text, String words, String address) {
    MachineAddress machine = MachineAddress.parse(text);

    assertThat(machine.docker()).containsExactly(("docker " + words).split(" "));
    assertThat(machine.address()).isEqualTo(address);
    assertThat(machine).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "ssh://me@lab.example, lab.example",
    "tcp://10.0.0.7:2376, 10.0.0.7",
    "tcp://[fe80::7]:2376, fe80::7",
    "unix:///var/run/docker.sock, ''"
  })
  void theHostOfAnEnginesUrlIsItsMachine(String url, String host) {
    assertThat(MachineAddress.host(url)).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server=a | machines: load: [] (expected: one machine or more)",
        "load=a | machines: server: [] (expected: one machine)",
        "server=a,b load=c | machines: server: [a, b] (expected: one machine)",
        "server=a server=b load=c | machines: server: given twice (expected: once)",
        "server=a load=b,b | machines: load: [b, b] (expected: each machine once)",
        "server=a load=b,b/10.0.0.7 | machines: load: [b, b/10.0.0.7] (expected: each machine once)",
        "client=a load=b | machines: client=a load=b (expected: server=MACHINE load=MACHINE,MACHINE,",
        "a b | machines: a b (expected: server=MACHINE load=",
        "server=a load=b, | machine: (empty) (expected: ssh://user@host, tcp://host:port or",
        "server=http://a load=b | machine: http://a (expected: ssh://user@host,",
        "server=ssh:// load=b | machine: ssh:// (expected: ssh://user@host,",
        "server=a/ load=b | machine: a/ (expected: ssh://user@host,",
        "server=--help load=b | machine: --help (expected: ssh://user@host,"
      })
  void whatCannotBeReadIsRefusedInOneLine(String text, String message) {
    assertThatThrownBy(() -> Machines.parse(text))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith(")");
  }
}
