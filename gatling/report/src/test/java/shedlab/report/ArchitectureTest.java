package shedlab.report;

import org.junit.jupiter.api.Test;

class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super("shedlab.report");
  }

  @Test
  void reportsKnowNeitherTheLoadGeneratorNorContainersNorServers() {
    absent("io.gatling.javaapi.core.Simulation");
    absent("org.testcontainers.containers.GenericContainer");
    absent("shedlab.servers.ServerMain");
  }
}
