package shedlab.gatling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("shedlab.gatling");

  @Test
  void gatlingIsKnownToTheLoadGeneratorAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("shedlab.gatling.load")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.gatling..", "scala..")
        .check(CLASSES);
  }

  @Test
  void testcontainersIsKnownToTheContainerHostAlone() {
    noClasses()
        .that()
        .haveNameNotMatching("shedlab\\.gatling\\.host\\.(ContainerHost|Docker).*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..")
        .check(CLASSES);
  }

  @Test
  void resultsAndReportsKnowNeitherHowNorWhereTheyWereMeasured() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "shedlab.gatling.result",
            "shedlab.gatling.report",
            "shedlab.gatling.compare",
            "shedlab.gatling.index",
            "shedlab.gatling.verify")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "shedlab.gatling.load", "shedlab.gatling.host", "shedlab.gatling.experiment")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("shedlab.gatling.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void publicConcreteClassesAreFinal() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(CLASSES);
  }
}
