package shedlab.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
  void testcontainersIsKnownToTheContainerHostAlone() {
    noClasses()
        .that()
        .haveNameNotMatching("shedlab\\.bench\\.host\\.(ContainerHost|Docker).*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..")
        .check(code());
  }
}
