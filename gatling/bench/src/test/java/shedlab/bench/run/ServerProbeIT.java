package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Hosted;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.ServerSettings;
import shedlab.report.Project;

/** The checks of a server before it is measured. */
class ServerProbeIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aServerThatWorksHasToAnswer200AndOneThatAdmitsNobody429() throws Exception {
    try (ProcessHost host =
        new ProcessHost(Distributions.of(Project.root()), CpuSplit.ofThisMachine(), folder)) {
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
    return new ServerSettings("netty", strategy, 20, 2, Map.of());
  }
}
