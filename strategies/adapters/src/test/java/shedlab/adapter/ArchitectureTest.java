package shedlab.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The architecture rules that concern this module. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("shedlab.adapter");

  /** So each of them works without the others' servers on the class path. */
  @ParameterizedTest
  @CsvSource({
    "servlet, jakarta..",
    "undertow, io.undertow.. org.xnio..",
    "jetty, org.eclipse.jetty..",
    "netty, io.netty..",
    "micrometer, io.micrometer.."
  })
  void vendorPackagesStayInsideTheirAdapter(String adapter, String vendors) {
    noClasses()
        .that()
        .resideOutsideOfPackage("shedlab.adapter." + adapter)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(vendors.split(" ", -1))
        .check(CLASSES);
  }

  @Test
  void adaptersKnowTheGateButNoStrategy() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("shedlab.limit", "shedlab.backlog", "shedlab.policer")
        .check(CLASSES);
  }

  @Test
  void adaptersDoNotKnowEachOther() {
    slices().matching("shedlab.adapter.(*)..").should().notDependOnEachOther().check(CLASSES);
    slices().matching("shedlab.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void publicClassesAreClosedButForTheOneToExtend() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .be(Call.class)
        .check(CLASSES);
  }
}
