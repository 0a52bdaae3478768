package shedlab.gatling.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.Distributions;
import shedlab.gatling.host.HostException;
import shedlab.gatling.host.Hosted;
import shedlab.gatling.host.ProcessHost;
import shedlab.gatling.host.ServerSettings;

/** What is verified of a server before it is measured. */
class ServerProbeIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aServerThatWorksHasToAnswer200AndOneThatAdmitsNobody429() throws Exception {
    try (ProcessHost host =
        new ProcessHost(Distributions.of(Path.of("..")), CpuSplit.ofThisMachine(), folder)) {
      try (Hosted server = host.startServer(settings("fixed:limit=4"))) {
        ServerProbe probe = new ServerProbe(server.url());
        assertThatCode(() -> probe.verifyContract(true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> probe.verifyContract(false))
            .isInstanceOf(HostException.class)
            .hasMessageStartingWith("GET /work?units=1: 200 ")
            .hasMessageEndingWith("(expected: 429 )");
      }
      try (Hosted server = host.startServer(settings("reject-all+none"))) {
        ServerProbe probe = new ServerProbe(server.url());
        assertThatCode(() -> probe.verifyContract(false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> probe.verifyContract(true))
            .isInstanceOf(HostException.class)
            .hasMessageStartingWith("GET /work?units=1: 429 ");
      }
    }
  }

  private static ServerSettings settings(String strategy) {
    return new ServerSettings("netty", strategy, 20, 2, 1, 10, 19);
  }
}
