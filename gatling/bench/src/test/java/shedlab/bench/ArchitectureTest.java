package shedlab.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import shedlab.report.HouseRules;

class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super("shedlab.bench");
  }

  @Test
  void theBenchStartsTheLoadGeneratorAndTheServersAndHasNeitherOnItsClassPath() {
    absent("io.gatling.javaapi.core.Simulation");
    absent("shedlab.injector.InjectorMain");
    absent("shedlab.servers.ServerMain");
  }

  @Test
  void onlyTheControlClientMakesHttpClientsBecauseItAloneKnowsNoProxy() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("shedlab.bench.host.ControlClient")
        .should()
        .callMethod(HttpClient.class, "newBuilder")
        .orShould()
        .callMethod(HttpClient.class, "newHttpClient")
        .check(code());
  }

  @Test
  void testcontainersIsKnownToTheContainerHostAlone() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "shedlab\\.bench\\.container\\.(ContainerHost|ContainerServer|ImageServer|Docker).*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..")
        .check(code());
  }
}
