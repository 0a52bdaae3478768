package shedlab.jmh;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The architecture rules that concern this module. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("shedlab.jmh");

  @Test
  void peersAreKnownToTheirBenchmarkAlone() {
    noClasses()
        .that()
        .haveNameNotMatching("shedlab\\.jmh\\.PeerBenchmark.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.netflix..", "io.github.resilience4j..", "dev.failsafe..")
        .check(CLASSES);
  }

  @Test
  void whatReadsAndJudgesARunDoesNotMeasure() {
    noClasses()
        .that()
        .haveNameMatching("shedlab\\.jmh\\.(Measurements|Ratio|Page).*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.openjdk.jmh..", "shedlab.admission..")
        .check(CLASSES);
  }
}
