package shedlab.bench.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.Project;
import shedlab.spec.SpecException;

class TargetsTest {
  private static Target one(String word) {
    return Targets.one(Project.root(), word);
  }

  static List<String> shipped() {
    return Targets.shipped(Project.root());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyFolderThatIsShippedCanBeRead(String name) {
    assertThat(one(name).name()).isEqualTo(name);
    assertThat(one(name).title()).isNotBlank();
  }

  @Test
  void theSeedIsAmongThem() {
    assertThat(shipped()).contains("tokio");
  }

  @Test
  void oursAreNoTargets() {
    Targets targets = Targets.of(Project.root(), List.of("netty", "tokio"));
    assertThat(targets.all()).containsOnlyKeys("tokio");
    assertThat(targets.strategies(List.of("netty"))).isEmpty();
    assertThat(targets.strategies(List.of("netty", "tokio"))).containsOnlyKeys("tokio");
  }

  @Test
  void anAddressIsAskedForTheContractsWork() {
    Target target = one("url:http://10.0.0.7:8080");
    assertThat(target.origin()).isEqualTo(new Target.Address(URI.create("http://10.0.0.7:8080")));
    assertThat(target.paths()).isEqualTo(Target.Paths.USUAL);
  }

  @Test
  void anAddressWithAPathIsAskedForThatAndNobodyKnowsItsWork() {
    Target target = one("url:http://10.0.0.7:8080/page.html?x=1");
    assertThat(target.origin()).isEqualTo(new Target.Address(URI.create("http://10.0.0.7:8080")));
    assertThat(target.paths().work(1_000)).isEqualTo("/page.html?x=1");
    assertThat(target.paths().checked()).isFalse();
  }

  @Test
  void aCommandIsStartedWhereItIsGiven() {
    assertThat(one("cmd:./serve").origin())
        .isInstanceOfSatisfying(
            Target.Program.class,
            program -> assertThat(program.start()).containsExactly("./serve"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nette",
        "../tokio",
        "url:",
        "url:ftp://x",
        "url:http://",
        "url:http://a/#b",
        "cmd:"
      })
  void whatNamesNoTargetIsRefusedInOneLine(String word) {
    assertThatThrownBy(() -> one(word))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("servers: " + word + " (expected: ")
        .hasMessageNotContaining("\n");
  }
}
