package shedlab.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.host.KnownStrategy;
import shedlab.report.Project;
import shedlab.report.result.Manifest;
import shedlab.report.result.Variant;

class PlanTest {
  private static Plan plan(String profile, Map<String, String> overrides) {
    return Plans.of(
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"), profile, overrides),
        1);
  }

  private static List<Cell> cells(Plan plan) {
    return plan.groups().stream().flatMap(group -> group.cells().stream()).toList();
  }

  @Test
  void holdsEveryServerStrategyLoadAndRepeatExactlyOnceUnderItsOwnName() {
    Plan plan = plan("default", Map.of("repeats", "2"));
    assertThat(plan.size()).isEqualTo(3 * 4 * 3 * 2);
    assertThat(cells(plan)).hasSize(plan.size()).doesNotHaveDuplicates();
    Set<String> names = new HashSet<>();
    cells(plan).forEach(cell -> names.add(cell.id()));
    assertThat(names).hasSize(plan.size()).allMatch(name -> name.matches("[A-Za-z0-9.+-]+"));
  }

  @Test
  void aServerOfManyCpusHasThreadsAndLimitsForThem() {
    Path file = Project.file("gatling/experiments/overload.properties");
    Map<Integer, Integer> ioThreads = Map.of(1, 1, 4, 1, 7, 1, 8, 2, 64, 16);
    ioThreads.forEach(
        (cpus, io) -> {
          Plan plan = Plans.of(Experiment.load(file, "default", Map.of()), cpus);
          assertThat(plan.workers("")).isEqualTo(4 * cpus);
          assertThat(plan.ioThreads("")).isEqualTo(io);
          assertThat(plan.serverOptions("")).containsEntry("io-threads", "" + io);
          assertThat(plan.strategies())
              .contains("fixed:limit=" + 4 * cpus)
              .anyMatch(text -> text.startsWith("fixed:limit=" + cpus + "+fifo:"));
          Manifest manifest =
              plan.manifest("run", List.of(), new Plan.Place("processes", "", "0", "1", true), 9);
          assertThat(manifest.setUp().ioThreads()).isEqualTo(io);
          assertThat(manifest.settings()).containsEntry("io-threads", "" + io);
        });
    Plan three = Plans.of(Experiment.load(file, "default", Map.of("io-threads", "3")), 64);
    assertThat(three.ioThreads("")).isEqualTo(3);
  }

  @Test
  void theSeedDecidesTheOrderAndEachBlockHoldsEverythingOnce() {
    Plan plan = plan("default", Map.of("repeats", "2", "fresh-server", "strategy"));
    assertThat(plan("default", Map.of("repeats", "2", "fresh-server", "strategy")).groups())
        .isEqualTo(plan.groups());
    assertThat(
            plan("default", Map.of("repeats", "2", "fresh-server", "strategy", "seed", "7"))
                .groups())
        .isNotEqualTo(plan.groups())
        .containsExactlyInAnyOrderElementsOf(plan.groups());
    assertThat(plan.groups().subList(0, 12)).allMatch(group -> group.repeat() == 1);
    assertThat(plan.groups().subList(12, 24)).allMatch(group -> group.repeat() == 2);
  }

  @Test
  void allStrategiesOfABlockShareAServerButThoseWithALimiterOfItsOwn() {
    Plan plan = plan("default", Map.of("repeats", "2", "fresh-server", "block"));
    assertThat(plan.groups()).hasSize(3 * 2);
    assertThat(plan.groups().get(0).cells())
        .hasSize(4 * 3)
        .allMatch(cell -> cell.server().equals(plan.groups().get(0).server()));
    assertThat(plan.groups().get(0).cells().subList(0, 3))
        .extracting(Cell::load)
        .containsExactly(0.9, 1.2, 2.0);
    assertThat(plan.until(1).groups()).hasSize(3);
  }

  private static Plan withTargets(Map<String, String> overrides) {
    Experiment experiment =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"), "default", overrides);
    return Plans.of(
        experiment,
        1,
        Map.of("tokio", List.of("own", "own:limit=16"), "url:http://a:1", List.of("own")));
  }

  @Test
  void aTargetIsMeasuredWithWhatItDoesByItselfAndOnAServerForEach() {
    Plan plan = withTargets(Map.of("servers", "netty tokio url:http://a:1", "repeats", "1"));
    assertThat(cells(plan))
        .filteredOn(cell -> cell.server().equals("tokio"))
        .extracting(Cell::strategy)
        .containsOnly("own", "own:limit=16");
    assertThat(cells(plan))
        .filteredOn(cell -> cell.server().equals("url:http://a:1"))
        .hasSize(3)
        .allMatch(cell -> cell.strategy().equals("own"))
        .allMatch(cell -> cell.id().matches("[A-Za-z0-9.+-]+"));
    assertThat(cells(plan))
        .filteredOn(cell -> cell.server().equals("netty"))
        .hasSize(4 * 3)
        .noneMatch(cell -> cell.strategy().startsWith("own"));
    assertThat(plan.groups())
        .filteredOn(group -> group.server().equals("tokio"))
        .allMatch(group -> group.cells().stream().map(Cell::strategy).distinct().count() == 1);
    assertThat(plan.leftOut()).isEmpty();
  }

  @Test
  void theOwnStrategiesOfTargetsCanBeChosen() {
    Plan plan =
        withTargets(Map.of("servers", "netty tokio", "strategies", "fixed:limit=4 own:limit=7"));
    assertThat(cells(plan))
        .filteredOn(cell -> cell.server().equals("tokio"))
        .extracting(Cell::strategy)
        .containsOnly("own:limit=7");
    assertThat(plan.strategies()).containsExactly("fixed:limit=4", "own:limit=7");
  }

  @Test
  void aTargetThatCannotBeHadIsLeftOutAndNamed() {
    Experiment experiment =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "default",
            Map.of("servers", "netty tokio"));
    Plan plan =
        Plan.of(
            experiment,
            1,
            17,
            texts -> texts.stream().map(t -> new KnownStrategy(t, List.of("netty"))).toList(),
            Map.of("tokio", List.of("own")),
            Map.of("tokio", "cargo: missing (expected: on the PATH)"));
    assertThat(cells(plan)).isNotEmpty().allMatch(cell -> cell.server().equals("netty"));
    assertThat(plan.leftOut()).contains("tokio: cargo: missing (expected: on the PATH)");
    assertThat(plan.experiment().servers()).containsExactly("netty");
  }

  @Test
  void whatChangesTheServerIsNotForTargetsAndThatIsSaid() {
    Plan plan =
        withTargets(
            Map.of(
                "servers",
                "netty tokio",
                "capacity-drop",
                "at=1s,for=1s,left=0.5",
                "repeats",
                "1"));
    assertThat(cells(plan)).isNotEmpty().allMatch(cell -> cell.server().equals("netty"));
    assertThat(plan.leftOut())
        .containsExactly("capacity-drop on tokio: a target's settings and CPUs cannot be changed");
  }

  @Test
  void addressesOfTheSameLettersHaveCellsOfTheirOwn() {
    assertThat(Cell.slug("url:http://h/a-b")).isNotEqualTo(Cell.slug("url:http://h/a/b"));
    assertThat(Cell.slug("image:" + "x".repeat(300))).hasSizeLessThan(100);
    assertThat(Cell.slug("tokio-inline")).isEqualTo("tokio-inline");
  }

  @Test
  void aRunOfTargetsAloneHasNoneOfOurStrategies() {
    Plan plan = withTargets(Map.of("servers", "tokio"));
    assertThat(plan.strategies()).containsExactly("own", "own:limit=16");
  }

  @Test
  void aVariantMayHaveFewerStrategiesThanTheRun() {
    Path file = Project.file("gatling/experiments/reject-cost.properties");
    Plan whole = Plans.of(Experiment.load(file, "default", Map.of()), 1);
    assertThat(cells(whole))
        .filteredOn(cell -> cell.variant().equals("plain-200"))
        .isNotEmpty()
        .allMatch(cell -> cell.strategy().startsWith("fixed:limit=1+fifo"));
    assertThat(cells(whole))
        .filteredOn(cell -> cell.variant().equals("new-connections"))
        .anyMatch(cell -> cell.strategy().startsWith("reject-all"));

    Map<String, String> narrowed = Map.of("strategies", "reject-all+none");
    Plan refusing = Plans.of(Experiment.load(file, "default", narrowed), 1);
    assertThat(cells(refusing)).noneMatch(cell -> cell.variant().startsWith("plain-200"));
    assertThat(refusing.leftOut()).contains("plain-200: has none of this run's strategies");
  }

  @Test
  void aStrategysLoadsRiseOnOneServerUnlessEveryCellGetsItsOwn() {
    assertThat(plan("default", Map.of("repeats", "1", "fresh-server", "strategy")).groups())
        .hasSize(12)
        .allSatisfy(
            group ->
                assertThat(group.cells()).extracting(Cell::load).containsExactly(0.9, 1.2, 2.0));
    assertThat(plan("full", Map.of()).groups())
        .hasSize(3 * (6 + 1) * 5 * 5)
        .allMatch(group -> group.cells().size() == 1);
  }

  @Test
  void aStrategyHasNoCellsOnAServerThatCannotRunIt() {
    Experiment asked =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "default",
            Map.of("strategies", "a b", "repeats", "1"));
    List<KnownStrategy> known =
        List.of(
            new KnownStrategy("a", List.of("undertow", "jetty", "netty")),
            new KnownStrategy("b:x=1", List.of("jetty")));
    Plan plan = Plan.of(asked, 1, 17, texts -> known);
    assertThat(plan.size()).isEqualTo((3 + 1) * 3);
    assertThat(plan.strategies()).containsExactly("a", "b:x=1");
    assertThat(plan.leftOut())
        .containsExactly(
            "the reference fixed:limit=1+fifo:capacity=4000,timeout=125ms: it is none of this run's"
                + " strategies; compared with a instead",
            "b:x=1 on undertow",
            "b:x=1 on netty");
    assertThat(cells(plan))
        .filteredOn(cell -> cell.strategy().equals("b:x=1"))
        .hasSize(3)
        .allMatch(cell -> cell.server().equals("jetty"));
  }

  @Test
  void aStrategyThatNoServerOfThePlanCanRunIsRefused() {
    Experiment asked =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "default",
            Map.of("strategies", "b", "servers", "netty"));
    assertThatThrownBy(
            () ->
                Plan.of(
                    asked, 1, 17, texts -> List.of(new KnownStrategy("b:x=1", List.of("jetty")))))
        .hasMessage("servers: [netty] (expected: [jetty] for b)");
  }

  @Test
  void theEstimateShrinksAsCellsAreDone() {
    Plan plan = plan("default", Map.of());
    assertThat(plan.estimate(plan.size() / 2)).isLessThan(plan.estimate(0));
    assertThat(plan.estimate(plan.size())).isLessThan(plan.estimate(plan.size() - 1));
    int servers = plan.experiment().servers().size();
    assertThat(plan.estimate(plan.size() + servers)) // the noise floor and the report
        .isEqualTo(plan.estimate(plan.size() + servers + 1))
        .isGreaterThan(Duration.ofSeconds(5));
    assertThat(plan.estimate(plan.size() + 1)) // after one of the final calibrations
        .isLessThan(plan.estimate(plan.size()))
        .isPositive();
  }

  @Test
  void theReferenceHasATwinInEveryBlock() {
    Plan plan = plan("full", Map.of("servers", "netty"));
    assertThat(cells(plan))
        .filteredOn(cell -> cell.variant().equals(Variant.TWIN))
        .hasSize(5 * 5)
        .allMatch(cell -> cell.strategy().equals(plan.reference()));
    assertThatThrownBy(() -> plan("full", Map.of("strategies", "none")))
        .hasMessageContaining("overload.properties:")
        .hasMessageContaining(": reference: fixed:limit=${cpus}+fifo");
  }

  @Test
  void theCapacityIsFilledInWhenItIsKnown() {
    Plan plan =
        plan("default", Map.of("strategies", "clairvoyant:rate=${capacity}/s,budget=${deadline}"));
    assertThat(plan.strategies())
        .containsExactly("clairvoyant:rate=${capacity}/s,budget=250ms+none");
    assertThat(Plan.filled(plan.strategies().get(0), 221.5))
        .isEqualTo("clairvoyant:rate=221.50/s,budget=250ms+none");
  }

  @Test
  void aVariantThatNeedsMoreCpusIsLeftOutWithItsReason() {
    Experiment scheduling =
        Experiment.load(
            Project.file("gatling/experiments/scheduling.properties"), "default", Map.of());
    assertThat(Plans.of(scheduling, 1).leftOut())
        .containsExactly("io-own-cpu: io-cpu=own needs two CPUs for the server");
    assertThat(Plans.of(scheduling, 2).leftOut()).isEmpty();
    Experiment placement =
        Experiment.load(
            Project.file("gatling/experiments/placement.properties"), "default", Map.of());
    List<KnownStrategy> known = List.of(new KnownStrategy("a", List.of("netty")));
    assertThat(Plan.of(placement, 1, 20, texts -> known).leftOut())
        .contains("virtual-threads: task-on=virtual needs JDK 21, see SERVER_JAVA, SERVER_IMAGE");
    Experiment archives =
        Experiment.load(
            Project.file("gatling/experiments/cold-jvm.properties"), "default", Map.of());
    assertThat(Plan.of(archives, 1, 24, texts -> known).leftOut())
        .contains("aot: jvm-archive=aot needs JDK 25, see SERVER_JAVA, SERVER_IMAGE");
    assertThat(Plan.of(archives, 1, 25, texts -> known).leftOut())
        .noneMatch(reason -> reason.contains("JDK"));
  }

  @Test
  void aTraceIsNamedByItsContentSoThatAChangedOneIsAnotherPlan(@TempDir Path folder)
      throws IOException {
    Path trace = folder.resolve("a trace, of monday.csv");
    Files.writeString(trace, "0\n10\n30\n");
    Map<String, String> arrivals = Map.of("arrivals", "trace:file=" + trace);
    Manifest first = manifest(plan("default", arrivals));
    Files.writeString(trace, "time_us\r\n0\r\n10\r\n30\r\n"); // the same in other letters

    assertThat(manifest(plan("default", arrivals)).samePlanAs(first)).isTrue();
    assertThat(first.settings().get("arrivals")).matches("trace:sha256=[0-9a-f]{64}");
    for (String changed : List.of("0\n10\n31\n", "0,1\n10,1\n30,2\n")) {
      Files.writeString(trace, changed);
      assertThat(manifest(plan("default", arrivals)).samePlanAs(first)).isFalse();
    }
    Files.writeString(trace, "0\n10\n30\n");
    Map<String, String> faster = Map.of("arrivals", "trace:file=" + trace + ",speed=2");
    assertThat(manifest(plan("default", faster)).samePlanAs(first)).isFalse();
  }

  private static Manifest manifest(Plan plan) {
    Plan.Place place = new Plan.Place("processes", "", "0", "1", true);
    return plan.manifest("a run", List.of("make", "bench"), place, 4_000);
  }

  @Test
  void aServerThatIsColdOnPurposeIsSoonerReady() {
    Path file = Project.file("gatling/experiments/cold-start.properties");
    Plan cold = Plans.of(Experiment.load(file, "default", Map.of("variants", "cold")), 1);
    Plan warm = Plans.of(Experiment.load(file, "default", Map.of("variants", "plain")), 1);

    assertThat(cold.size()).isEqualTo(warm.size());
    assertThat(cold.estimate(0)).isLessThan(warm.estimate(0));
  }

  private static Plan fleet(String servers, int cpus) {
    return Plans.of(
        Experiment.load(
            Project.file("gatling/experiments/fleet.properties"),
            "default",
            Map.of(
                "fleet",
                servers,
                "variants",
                "plain",
                "strategies",
                "fixed:limit=${cpus} bucket:rate=${capacity}/s+fixed:limit=${workers}",
                "reference",
                "")),
        cpus);
  }

  @Test
  void aStrategyOfAFleetHasTheLimitsOfOneServer() {
    Plan divided = fleet("servers=2", 4);
    assertThat(divided.strategies().get(0)).startsWith("fixed:limit=2");
    assertThat(divided.workers("")).isEqualTo(8);
    Cell bucket =
        cells(divided).stream()
            .filter(c -> c.strategy().contains("bucket"))
            .findFirst()
            .orElseThrow();
    assertThat(divided.filled(bucket, 300)).contains("rate=150.00/s", "limit=8");

    Plan shared = fleet("servers=3", 4);
    assertThat(shared.strategies().get(0)).startsWith("fixed:limit=4");
    assertThat(shared.workers("")).isEqualTo(16);
  }

  @Test
  void aTargetIsNoServerOfAFleet() {
    Experiment experiment =
        Experiment.load(
            Project.file("gatling/experiments/fleet.properties"),
            "smoke",
            Map.of("servers", "netty tokio"));
    assertThat(cells(Plans.of(experiment, 1, Map.of("tokio", List.of("own")))))
        .extracting(Cell::server)
        .containsOnly("netty");
  }
}
