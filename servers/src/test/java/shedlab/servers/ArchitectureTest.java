package shedlab.servers;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
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
          .importPackages("shedlab.servers");

  @ParameterizedTest
  @CsvSource({
    "undertow, io.undertow.. org.xnio..",
    "jetty, org.eclipse.jetty..",
    "netty, io.netty.."
  })
  void vendorPackagesStayInsideTheirAdapter(String adapter, String vendors) {
    noClasses()
        .that()
        .resideOutsideOfPackage("shedlab.servers." + adapter)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(vendors.split(" ", -1))
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "NetflixLimits, com.netflix..",
    "Resilience4j, io.github.resilience4j..",
    "FailsafeBulkhead, dev.failsafe..",
    "SentinelSystemRule, com.alibaba..",
    "QuarkusLoadShedding, io.quarkus.."
  })
  void eachPeerIsKnownToItsFileAlone(String file, String vendor) {
    noClasses()
        .that()
        .haveNameNotMatching("shedlab\\.servers\\.peers\\." + file + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(vendor)
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"undertow, org.xnio..", "jetty, org.eclipse.jetty..", "netty, io.netty.."})
  void adaptersKnowNeitherEachOtherNorTheGate(String adapter, String vendor) {
    classes()
        .that()
        .resideInAPackage("shedlab.servers." + adapter)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "shedlab.servers." + adapter,
            "shedlab.servers.endpoint",
            "shedlab.servers.host",
            "java..",
            "javax.net.ssl..",
            "org.jspecify..",
            "io.undertow..",
            vendor)
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("shedlab.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void publicConcreteClassesAreFinalRecordsOrEnums() {
    DescribedPredicate<JavaClass> concrete =
        DescribedPredicate.describe(
            "are public and concrete",
            type ->
                type.getModifiers().contains(JavaModifier.PUBLIC)
                    && !type.isInterface()
                    && !type.getModifiers().contains(ABSTRACT));
    classes().that(concrete).should().haveModifier(JavaModifier.FINAL).check(CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(CLASSES);
  }
}
