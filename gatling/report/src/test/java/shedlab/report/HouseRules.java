package shedlab.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rules for every module below {@code gatling/}: each extends this class with its own package.
 * Its classes are read once for all rules.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HouseRules {
  private final String module;
  private final JavaClasses code;

  protected HouseRules(String module) {
    this.module = module;
    this.code =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(module);
  }

  /** The module's own classes, tests left out. */
  protected JavaClasses code() {
    return code;
  }

  /** Fails unless a name is absent from the class path of the module. */
  protected static void absent(String className) {
    try {
      Class.forName(className, false, HouseRules.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return;
    }
    throw new AssertionError(className + " is on the class path (expected: not in this module)");
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching(module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(code);
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
        .check(code);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(code);
  }
}
