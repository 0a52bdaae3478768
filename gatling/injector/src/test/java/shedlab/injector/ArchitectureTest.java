package shedlab.injector;

import org.junit.jupiter.api.Test;
import shedlab.report.HouseRules;

class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super("shedlab.injector");
  }

  @Test
  void theLoadGeneratorKnowsNeitherContainersNorServers() {
    absent("org.testcontainers.containers.GenericContainer");
    absent("shedlab.servers.ServerMain");
    absent("shedlab.bench.cli.ShedlabMain");
  }
}
