package shedlab.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.bench.setting.BlockKeys;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.Schema;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.Project;
import shedlab.report.result.Phase;
import shedlab.spec.SpecException;

class ExperimentTest {
  private static final Path OVERLOAD = Project.file("gatling/experiments/overload.properties");

  @TempDir private Path folder = Path.of("");

  @Test
  void readsEveryProfileOfTheExperimentWeShip() {
    for (String profile : Experiment.PROFILES) {
      Experiment experiment = Experiment.load(OVERLOAD, profile, Map.of());
      assertThat(experiment.profile()).isEqualTo(profile);
      assertThat(experiment.servers()).containsExactly("undertow", "jetty", "netty");
      assertThat(experiment.deadline()).isEqualTo(Duration.ofMillis(250));
    }
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Project.file("gatling/experiments"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyExperimentWeShipCanBePlannedInEveryProfile(Path file) {
    for (String profile : Experiment.PROFILES) {
      Experiment experiment = Experiment.load(file, profile, Map.of());
      assertThat(experiment.question()).endsWith("?").hasLineCount(1);
      for (int cpus : new int[] {1, 4}) {
        Plan plan = Plans.of(experiment, cpus);
        assertThat(plan.size()).isPositive();
        assertThat(plan.strategies())
            .contains(plan.reference().isEmpty() ? "none" : plan.reference());
      }
      if (profile.equals("smoke")) {
        assertThat(Plans.of(experiment, 1).estimate(0)).isLessThan(Duration.ofMinutes(2));
      }
    }
  }

  @Test
  void aVariantDiffersInItsOwnKeysOnly() throws IOException {
    Path file =
        copyOfOverload("two", "variants = plain eager\nvariant.eager.retry = immediate:tries=3");
    Experiment experiment = Experiment.load(file, "smoke", Map.of());
    assertThat(experiment.of("eager").text(Schema.RETRY)).isEqualTo("immediate:tries=3");
    assertThat(experiment.of("").text(Schema.RETRY)).isEqualTo("none");
    assertThat(experiment.of("eager").with(Map.of("retry", "none")).text())
        .isEqualTo(experiment.settings().text());
    Plan plan = Plans.of(experiment, 1);
    assertThat(plan.size()).isEqualTo(2 * 3 * 2);
    assertThat(plan.groups()).extracting(Plan.Group::variant).containsOnly("", "eager");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "variant.x.servers = netty|variant.x.servers: netty (expected: variant.NAME. and a key that a",
        "variants = plain x|variants: x (expected: plain or one of [])",
        "variants = twin|variants: twin (expected: words in lower case, and not twin)",
        "phases = 1@5|phases: 1@5 (expected: 1@10s for a plateau, 0.5..2@10s for a ramp)",
        "retry = often|retry: often (expected: one of [none, immediate, backoff])",
        "tenants = a b a|tenants: a b a (expected: each once)",
        "tenants = a:shares=2|shares: 2 (expected: one of the keys of a: [share, urgency, work])",
        "slowdown = at=5s|slowdown.factor: (not given) (expected: a number from 1.0 to 100.0)",
        "capacity-drop = at=5s,for=1s,left=2|left: 2 (expected: a number from 0.05 to 0.95)",
        "task-on = moon|task-on: moon (expected: one of workers, io, virtual)",
        "arrivals = never|arrivals: never (expected: one of [poisson, constant, bursts, markov, trace])",
      })
  void namesWhatIsWrongWithAVariantOrItsKeys(String line, String message) throws IOException {
    Path file = copyOfOverload("bad", line);
    long place = Files.readAllLines(file).size();
    assertThatThrownBy(() -> Experiment.load(file, "smoke", Map.of()))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(file + ":" + place + ": " + message);
  }

  /**
   * The experiment we ship, without the keys that the lines give and with these lines at its end.
   */
  private Path copyOfOverload(String name, String lines) throws IOException {
    List<String> given = lines.lines().map(line -> line.replaceFirst("\\s*=.*", "")).toList();
    String rest =
        Files.readAllLines(OVERLOAD).stream()
            .filter(line -> !given.contains(line.replaceFirst("\\s*=.*", "")))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name + ".properties"), rest + "\n" + lines + "\n");
  }

  @Test
  void aWindowWithoutALengthHasTheDocumentedOne() throws IOException {
    Path file = experiment("");
    assertThat(Experiment.load(file, "default", Map.of()).measure())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(Experiment.load(file, "default", Map.of("phases", "1@3s 2@4s")).measure())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aProfileOrTheCommandLineReplacesTheLengthOfAWindowByPhasesAndBack() throws IOException {
    Path file = experiment("measure = 8s\nsmoke.phases = 1@3s\n");
    assertThat(Experiment.load(file, "default", Map.of()).measure())
        .isEqualTo(Duration.ofSeconds(8));
    assertThat(Experiment.load(file, "smoke", Map.of()).measure()).isEqualTo(Duration.ofSeconds(3));
    assertThat(Experiment.load(file, "smoke", Map.of("measure", "2s")).phases())
        .containsExactly(new Phase(1, 1, 2));
  }

  @Test
  void aFileMayBeginWithAByteOrderMarkAndEndItsLinesInAnyWay() throws IOException {
    Path file = experiment("measure = 8s\n");
    String text = Files.readString(file);
    Experiment plain = Experiment.load(file, "default", Map.of());
    Files.writeString(file, "\uFEFF" + text.replace("\n", "\r\n"));
    assertThat(Experiment.load(file, "default", Map.of()).settings().text())
        .isEqualTo(plain.settings().text());
  }

  @Test
  void aValueMayGoOnInTheNextLinesAsInAnyPropertiesFile() throws IOException {
    Path file = experiment("tenants = a \\\n  # b \\\n");
    assertThatThrownBy(() -> Experiment.load(file, "default", Map.of()))
        .hasMessage(
            file
                + ":5: tenants: # (expected: a name in lower case of up to 31 letters, digits and"
                + " hyphens, then its keys)");
  }

  @Test
  void aReferenceOfTheCommandLineIsOneOfTheStrategies() {
    assertThatThrownBy(
            () -> Experiment.load(OVERLOAD, "smoke", Map.of("reference", "fixed:limit=9")))
        .hasMessageStartingWith("reference: fixed:limit=9 (expected: one of the strategies: [");
    Map<String, String> both = Map.of("reference", "none", "strategies", "none fixed:limit=9");
    assertThat(Plans.of(Experiment.load(OVERLOAD, "smoke", both), 1).reference()).isEqualTo("none");
  }

  @Test
  void aRecordingIsInThePlanByItsDigestForEveryVariantThatHasOne() throws IOException {
    Path trace = Files.writeString(folder.resolve("Peak.txt"), "0\n100\n400\n");
    Path file =
        experiment("variants = plain peak\nvariant.peak.arrivals = trace:file=" + trace + "\n");
    Experiment first = Experiment.load(file, "default", Map.of());
    Files.writeString(trace, "0\n100\n500\n");
    Experiment second = Experiment.load(file, "default", Map.of());

    assertThat(first.variants().get(1).settings().get("arrivals")).startsWith("trace:sha256=");
    assertThat(second.variants().get(1)).isNotEqualTo(first.variants().get(1));
    assertThat(first.arrivals()).hasSize(2);
  }

  private Path experiment(String more) throws IOException {
    return Files.writeString(
        folder.resolve("own.properties"),
        "question = What?\nservers = netty\nstrategies = none\nloads = 1\n" + more);
  }

  @Test
  void theLoadFollowsItsPhasesAfterTheLeadIn() {
    Experiment step =
        Experiment.load(
            OVERLOAD, "smoke", Map.of("measure", "", "phases", "0.5@2s 1..2@4s", "lead-in", "3s"));
    assertThat(step.measure()).isEqualTo(Duration.ofSeconds(6));
    assertThat(Course.profile(step.settings(), 100).segments())
        .containsExactly(
            new Segment(50, 3),
            new Segment(50, 2),
            new Segment(112.5, 1),
            new Segment(137.5, 1),
            new Segment(162.5, 1),
            new Segment(187.5, 1));
  }

  @Test
  void aProfileOverridesTheFileAndTheCommandLineOverridesTheProfile() {
    assertThat(Experiment.load(OVERLOAD, "default", Map.of()).loads())
        .containsExactly(0.9, 1.2, 2.0);
    assertThat(Experiment.load(OVERLOAD, "smoke", Map.of()).loads()).containsExactly(0.5, 2.0);
    assertThat(Experiment.load(OVERLOAD, "smoke", Map.of("loads", "3 1")).loads())
        .containsExactly(1.0, 3.0);
  }

  @Test
  void onlyTheSmokeProfileIsNotEvidence() {
    assertThat(Experiment.load(OVERLOAD, "smoke", Map.of()).evidence()).isFalse();
    assertThat(Experiment.load(OVERLOAD, "default", Map.of()).evidence()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "servers|Tomcat|servers: Tomcat (expected: "
            + "some of [undertow, jetty, netty], targets of servers/targets, url:http://HOST:PORT, image:NAME,"
            + " cmd:COMMAND)",
        "servers|netty netty|servers: netty netty (expected: each once)",
        "loads|0|loads: 0 (expected: a number from 0.05 to 100.0)",
        "task-units|0|task-units: 0 (expected: a whole number from 1 to 10000000)",
        "task-units|4ms|task-units: 4ms (expected: a whole number from 1 to 10000000)",
        "repeats|none|repeats: none (expected: a whole number from 1 to 1000)",
        "measure|1500ms|measure: 1500ms (expected: whole seconds)",
        "timeout|100ms|timeout: 100ms (expected: the deadline or more)",
        "fresh-server|never|fresh-server: never (expected: one of block, strategy, cell)",
      })
  void namesTheKeyTheValueAndTheRuleOfABadValue(String key, String value, String message) {
    assertThatThrownBy(() -> Experiment.load(OVERLOAD, "default", Map.of(key, value)))
        .isInstanceOf(SpecException.class)
        .hasMessage(message);
  }

  @Test
  void theUnitsOfATaskAreThoseThatAreNamedElseMeasuredFromItsTime() {
    Experiment named = Experiment.load(OVERLOAD, "smoke", Map.of("task-units", "1234"));
    assertThat(named.taskUnits()).isEqualTo(1_234);
    Experiment measured = Experiment.load(OVERLOAD, "smoke", Map.of("task", "100us"));
    assertThat(measured.taskUnits()).isBetween(1, 10_000); // 10 ns for 1,000 dependent steps: never
  }

  @Test
  void refusesAnUnknownKeyEvenInAProfileThatIsNotRun() throws IOException {
    Path file = copyOfOverload("typo", "full.measures = 20s");
    assertThatThrownBy(() -> Experiment.load(file, "smoke", Map.of()))
        .hasMessageContaining(": measures: 20s (expected: one of the keys of an experiment: ");
  }

  @Test
  void refusesAKeyThatIsMissing() throws IOException {
    Path file = folder.resolve("short.properties");
    Files.writeString(file, "question = what?\n");
    assertThatThrownBy(() -> Experiment.load(file, "smoke", Map.of()))
        .hasMessage(
            file
                + ": servers: (not given) (expected: some of [undertow, jetty, netty], targets of servers/targets, url:http://HOST:PORT, image:NAME, cmd:COMMAND)");
  }

  @Test
  void refusesAnUnknownProfileAndAFileThatIsNotThere() {
    assertThatThrownBy(() -> Experiment.load(OVERLOAD, "quick", Map.of()))
        .hasMessage("profile: quick (expected: one of " + Experiment.PROFILES + ")");
    assertThatThrownBy(() -> Experiment.load(Path.of("no.properties"), "smoke", Map.of()))
        .hasMessage("experiment: no.properties (expected: a readable properties file)");
  }

  @Test
  void theDefaultPlansThreeBlocksFitIntoItsBudgetAndTheSmokePlanIntoTwoMinutes() {
    Experiment usual = Experiment.load(OVERLOAD, "default", Map.of());
    assertThat(Plans.of(usual, 1).until(3).estimate(0))
        .isLessThan(usual.settings().get(BlockKeys.BUDGET));
    assertThat(Plans.of(Experiment.load(OVERLOAD, "smoke", Map.of()), 1).estimate(0))
        .isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void fillsInTheWorkersAndTheCpusOfTheServer() {
    Map<String, String> written =
        Map.of("strategies", "fixed:limit=${cpus} fixed:limit=${workers*2}");
    Plan plan = Plans.of(Experiment.load(OVERLOAD, "default", written), 2);
    assertThat(plan.strategies()).isEqualTo(List.of("fixed:limit=2", "fixed:limit=16"));
    assertThatThrownBy(
            () ->
                Plans.of(
                    Experiment.load(
                        OVERLOAD, "default", Map.of("strategies", "fixed:limit=${cores}")),
                    2))
        .hasMessage(
            "strategies: fixed:limit=${cores} (expected: ${cpus}, ${workers}, ${deadline} or ${capacity})");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fleet|none|kill: at=6s,for=8s (expected: a fleet, of which one is killed)",
        "kill|at=20s,for=8s|kill: at=20s,for=8s (expected: an end within the window of 26s)",
        "fresh-server|block|kill: at=6s,for=8s (expected: fresh-server=cell: a server that was",
        "capacity-drop|at=1s,for=1s,left=0.5|kill: at=6s,for=8s (expected: none beside capacity-drop)",
        "fleet|servers=3,proxy=envoy|proxy: envoy (expected: one of haproxy, nginx)",
      })
  void aServerIsKilledOnlyWhereThatMeansSomething(String key, String value, String message) {
    assertThatThrownBy(
            () ->
                Experiment.load(
                    Project.file("gatling/experiments/fleet.properties"),
                    "default",
                    Map.of("variants", "plain", key, value)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message);
  }
}
