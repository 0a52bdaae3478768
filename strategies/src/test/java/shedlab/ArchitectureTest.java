package shedlab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.NanoClock;
import shedlab.admission.Ticket;

/** The house rules that a machine can check. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("shedlab");

  @ParameterizedTest
  @ValueSource(strings = {"limit", "backlog", "policer", "policer.cpu"})
  void policiesAreArithmeticAndCollections(String family) {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage(
                "shedlab." + family,
                "shedlab.admission",
                "shedlab.spec",
                "shedlab.numbers",
                "java.lang",
                "java.lang.invoke", // how the compiler writes lambdas and records
                "java.lang.runtime",
                "java.util",
                "java.util.function",
                "org.jspecify.annotations")
            .or(DescribedPredicate.describe("Duration", c -> c.isEquivalentTo(Duration.class)))
            .or(
                DescribedPredicate.describe(
                    "primitive", c -> c.getBaseComponentType().isPrimitive()));
    check(
        classes()
            .that()
            .resideInAPackage("shedlab." + family)
            .should()
            .onlyDependOnClassesThat(
                allowed.or(
                    DescribedPredicate.describe(
                        "array of allowed",
                        c -> c.isArray() && allowed.test(c.getBaseComponentType()))))
            .because("a policy is sequential: one algorithm, one file"));
  }

  @Test
  void nothingButTheJdkIsNeeded() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "are of another library",
                    c ->
                        !c.getBaseComponentType().isPrimitive()
                            && !c.getBaseComponentType()
                                .getPackageName()
                                .matches("(shedlab|java|org\\.jspecify)\\b.*")))
            .because("a service that uses it has its own versions of everything else"));
  }

  @Test
  void onlyTheAdmissionCoreIsConcurrent() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("shedlab.admission")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.invoke.VarHandle"));
    check(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("shedlab.admission")
            .should()
            .notHaveModifier(JavaModifier.VOLATILE));
    check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
  }

  @Test
  void timeComesFromTheOneClock() {
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(NanoClock.class)
            .should(readAClock("nanoTime"))
            .orShould(readAClock("currentTimeMillis"))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Instant"));
  }

  @Test
  void randomnessIsSeeded() {
    check(
        noClasses()
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .callMethod(Math.class, "random"));
  }

  @Test
  void packagesAreFreeOfCycles() {
    check(slices().matching("shedlab.(**)").should().beFreeOfCycles());
  }

  @Test
  void theAdmissionCoreKnowsNoSibling() {
    check(
        noClasses()
            .that()
            .resideInAPackage("shedlab.admission")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("shedlab..")
                    .and(DescribedPredicate.not(resideInAnyPackage("shedlab.admission")))));
  }

  @Test
  void onlyTheRegistryKnowsImplementations() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "shedlab.strategy", "shedlab.limit", "shedlab.backlog", "shedlab.policer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("shedlab.limit", "shedlab.backlog", "shedlab.policer.."));
  }

  @Test
  void publicClassesAreClosed() {
    check(
        classes()
            .that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(FINAL)
            .orShould()
            .be(Ticket.class));
    check(
        classes()
            .that()
            .haveModifier(ABSTRACT)
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .be(Ticket.class));
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static com.tngtech.archunit.lang.ArchCondition<JavaClass> readAClock(String method) {
    return com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere(
        DescribedPredicate.describe(
            "System." + method,
            access ->
                access.getTargetOwner().isEquivalentTo(System.class)
                    && access.getTarget().getName().equals(method)));
  }
}
