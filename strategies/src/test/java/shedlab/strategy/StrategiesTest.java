package shedlab.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Gate;
import shedlab.admission.HostView;
import shedlab.admission.ManualClock;
import shedlab.admission.NanoClock;
import shedlab.admission.Policer;
import shedlab.backlog.NoBacklog;
import shedlab.host.ProcessView;
import shedlab.limit.FixedLimit;
import shedlab.limit.NoLimit;
import shedlab.policer.CpuPolicer;
import shedlab.policer.PiPolicer;
import shedlab.spec.Definition;
import shedlab.spec.SpecException;

class StrategiesTest {
  private static final Strategies STRATEGIES = Strategies.builtIn();
  private static final List<String> TUNED =
      List.of(
          "aimd",
          "aimd-windowed",
          "vegas",
          "vegas-windowed",
          "vegas-quarkus",
          "gradient",
          "gradient-windowed",
          "gradient2",
          "gradient2-windowed",
          "envoy",
          "brpc",
          "failsafe",
          "breakwater",
          "sla-gradient",
          "little",
          "pi",
          "dagor",
          "bouncer",
          "brpc-timeout",
          "queue-linear",
          "little-queue",
          "cpu",
          "kratos",
          "go-zero",
          "cpu-tokens",
          "rajomon",
          "heartbeat",
          "runnable-credit",
          "elastic-cpu",
          "cubic",
          "scaled",
          "codel");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | none",
        "fixed:limit=1 | fixed:limit=1",
        "fixed:limit=1+fifo:capacity=16,timeout=100ms | fixed:limit=1+fifo:capacity=16,timeout=100ms",
        "fifo:timeout=2000ms,capacity=4+fixed:limit=1 | fixed:limit=1+fifo:capacity=4,timeout=2s",
        "aimd | aimd:initial=20,min=20,max=200,ratio=0.9,timeout=5s,pace=sample",
        "aimd:pace=round-trip,min=1 | aimd:initial=20,min=1,max=200,ratio=0.9,timeout=5s,pace=round-trip",
        "none+fifo:capacity=1 | none+fifo:capacity=1,timeout=1s",
        "aimd:profile=tuned,deadline=250ms,workers=4 | aimd:initial=4,min=4,max=64,ratio=0.9,timeout=125ms,pace=round-trip",
        "aimd:profile=tuned,deadline=250ms,workers=4,max=9 | aimd:initial=4,min=4,max=9,ratio=0.9,timeout=125ms,pace=round-trip",
        "bouncer:profile=tuned,deadline=250ms,workers=4 | bouncer:promise=250ms,workers=4,deviations=1.28,margin=sum,samples=20+none",
        "vegas:baseline=10ms,probe-below=0.5 | vegas:initial=20,min=1,max=1000,alpha=3,beta=6,smoothing=1.0,probe=30,probe-below=0.5,baseline=10ms,drops=each",
        "vegas-windowed:floor=none | vegas-windowed:initial=20,min=1,max=1000,alpha=3,beta=6,smoothing=1.0,probe=30,probe-below=1.0,baseline=none,drops=each,window=1s,samples=10,floor=none,quantile=0.0"
      })
  void readsAStrategyAndWritesEveryDefault(String text, String canonical) {
    Strategy strategy = STRATEGIES.parse(text);

    assertThat(strategy).hasToString(canonical);
    assertThat(STRATEGIES.parse(canonical)).isEqualTo(strategy).hasSameHashCodeAs(strategy);
  }

  @Test
  void parsingTheCanonicalTextIsTheIdentity() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      String canonical = STRATEGIES.parse(randomSpec(random)).toString();
      assertThat(STRATEGIES.parse(canonical)).hasToString(canonical);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none+none | strategy: none+none (expected: policers, one limit and at most one backlog)",
        "fixed | fixed.limit: (not given) (expected: a whole number from 1 to 2097151)",
        "none:limit=1 | limit: 1 (expected: no parameters for none)",
        "aimd:max=10 | max: 10 (expected: initial (20) or more)",
        "aimd:initial=5 | initial: 5 (expected: min (20) or more)",
        "aimd:ratio=1.0 | ratio: 1.0 (expected: a number from 0.5 to 0.999)",
        "vegas:baseline=0s | baseline: 0s (expected: a duration above zero such as 250us, 100ms, 5s or 1min, or none)",
        "aimd-windowed:initial=5 | initial: 5 (expected: min (20) or more)",
        "scaled:scaling=0.99+none | saturation: 0.95 (expected: scaling (0.99) or more)",
        "queue-linear:from=2.5,to=1.5+fixed:limit=1 | to: 1.5 (expected: from (2.5) or more)",
        "brpc-timeout:least=300+none | most: 200 (expected: least (300) or more)",
        "little | little.target: (not given) (expected: a duration above zero such as 250us, 100ms, 5s or 1min)",
        "aimd:pace=fast | pace: fast (expected: one of sample, round-trip)",
        "fixed:limit=1+fifo:capacity=0 | capacity: 0 (expected: a whole number from 1 to 1000000)"
      })
  void saysWhatIsWrongAndWhatWasExpected(String text, String message) {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> STRATEGIES.parse(text))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | strategy: (empty) (expected: one of none, ",
        "none+ | strategy: (empty) (expected: one of none, ",
        "fixd:limit=1 | strategy: fixd (expected: one of fixed; all: none, ",
        "none+fio:capacity=1 | strategy: fio (expected: one of fifo",
        "fifo:capacity=1 | strategy: fifo:capacity=1 (expected: a limit, one of [none, fixed, "
      })
  void listsTheNearestNamesForOneThatIsUnknown(String text, String start) {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> STRATEGIES.parse(text))
        .withMessageStartingWith(start);
  }

  @Test
  void everyGateIsFresh() {
    Strategy strategy = STRATEGIES.parse("fixed:limit=3+fifo:capacity=1");
    ManualClock clock = new ManualClock(0);

    assertThat(strategy.admission(clock)).isNotSameAs(strategy.admission(clock));
    assertThat(strategy.admission(clock).stats().limit()).isEqualTo(3);
  }

  @Test
  void everyDefinitionSaysWhatItIs() {
    assertThat(STRATEGIES.limits()).extracting(Definition::name).contains("none", "fixed", "aimd");
    assertThat(STRATEGIES.backlogs()).extracting(Definition::name).contains("fifo");
    assertThat(STRATEGIES.limits()).allSatisfy(StrategiesTest::isDescribed);
    assertThat(STRATEGIES.backlogs()).allSatisfy(StrategiesTest::isDescribed);
  }

  @Test
  void everyTunedProfileKeepsItsRulesForAnyTarget() {
    for (String name : TUNED) {
      for (String deadline : List.of("1us", "100ms", "1min")) {
        for (int workers : new int[] {1, 2, 7, 64, 10_000}) {
          String text = name + ":profile=tuned,deadline=" + deadline + ",workers=" + workers;
          boolean isLimit = STRATEGIES.limits().stream().anyMatch(l -> l.name().equals(name));
          Strategy strategy = STRATEGIES.parse(isLimit ? text : text + "+fixed:limit=1");

          assertThat(STRATEGIES.parse(strategy.toString())).isEqualTo(strategy);
        }
      }
    }
  }

  @Test
  void everythingThatAdaptsHasATunedProfile() {
    assertThat(
            Stream.of(STRATEGIES.limits(), STRATEGIES.policers(), STRATEGIES.backlogs())
                .flatMap(Collection::stream)
                .filter(definition -> definition.tuned() != null)
                .map(Definition::name))
        .containsExactlyElementsOf(TUNED);
  }

  private static void isDescribed(Definition<?> definition) {
    assertThat(definition.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(definition.idea()).isNotBlank();
    assertThat(definition.source()).isNotBlank();
    assertThat(definition.parameters())
        .allSatisfy(
            parameter -> {
              assertThat(parameter.key()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
              assertThat(parameter.idea()).isNotBlank();
              assertThat(parameter.rule()).isNotBlank();
            });
  }

  private static String randomSpec(Random random) {
    int[] ascending = random.ints(3, 1, 2_097_152).sorted().toArray();
    String limit =
        switch (random.nextInt(3)) {
          case 0 -> "none";
          case 1 -> "fixed:limit=" + ascending[0];
          default ->
              "aimd:"
                  + shuffled(
                      random,
                      "min=" + ascending[0],
                      "initial=" + ascending[1],
                      "max=" + ascending[2],
                      "ratio=" + (0.5 + 0.499 * random.nextDouble()),
                      "timeout=" + duration(random),
                      "pace=" + (random.nextBoolean() ? "sample" : "round-trip"));
        };
    String backlog =
        "fifo:"
            + shuffled(
                random,
                "capacity=" + (1 + random.nextInt(1_000_000)),
                "timeout=" + duration(random));
    return switch (random.nextInt(3)) {
      case 0 -> limit;
      case 1 -> limit + "+" + backlog;
      default -> backlog + "+" + limit;
    };
  }

  private static String duration(Random random) {
    String[] units = {"ns", "us", "ms", "s", "min"};
    return (1 + random.nextInt(1_000_000)) + units[random.nextInt(units.length)];
  }

  private static String shuffled(Random random, String... pairs) {
    String[] order = pairs.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      String pair = order[i];
      order[i] = order[j];
      order[j] = pair;
    }
    return String.join(",", Arrays.asList(order));
  }

  @Test
  void theRegistryKnowsTheTraitsOfAStrategy() {
    Strategies registry = Strategies.builtIn();

    assertThat(registry.composition("reject-all+none").admitsNobody()).isTrue();
    assertThat(registry.composition("fixed:limit=4").admitsNobody()).isFalse();
    assertThat(registry.composition("clairvoyant:rate=9/s,budget=1s+none").knowsCapacity())
        .isTrue();
    assertThat(registry.composition("none").neverSheds()).isTrue();
    assertThat(registry.composition("reject-all+none").neverSheds()).isFalse();
    assertThat(registry.composition("fixed:limit=4").lossSystemPermits()).hasValue(4);
    assertThat(registry.composition("fixed:limit=4+fifo:capacity=9").lossSystemPermits()).isEmpty();
    assertThat(registry.composition("fixed:limit=4+fifo:capacity=9").learnsNothing()).isTrue();
    assertThat(registry.composition("aimd").learnsNothing()).isFalse();
    assertThat(registry.composition("reject-all+none").names()).isEqualTo("reject-all+none");
    assertThat(registry.composition("reject-all+none").shortName()).isEqualTo("reject-all");
    assertThat(registry.composition("fixed:limit=4+fifo:capacity=9,timeout=1s").parameters())
        .containsExactly("limit=4", "capacity=9", "timeout=1s");
  }

  @Test
  void onlyTheNamesAreKnownOfAStrategyFromAMissingJar() {
    Composition foreign = Strategies.builtIn().composition("their-own:size=3+fifo:capacity=9");

    assertThat(foreign.shortName()).isEqualTo("their-own+fifo");
    assertThat(foreign.admitsNobody()).isFalse();
    assertThat(foreign.parts().get(0).family()).isEmpty();
  }

  @Test
  void aStrategyWithAnOpenValueCanBeNamedButNotMade() {
    Strategy open = Strategies.builtIn().parse("clairvoyant:budget=200ms,rate=${capacity}/s");

    assertThat(open).hasToString("clairvoyant:rate=${capacity}/s,budget=200ms+none");
    assertThatThrownBy(() -> open.admission(NanoClock.SYSTEM))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("rate: ${capacity}/s (expected: filled in: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu:threshold=0.8,period=1s+none | cpu",
        "kratos:threshold=0.8,period=500ms,keep=0.95,window=10s,buckets=100,resolution=1ms,samples=all+fixed:limit=4 | kratos",
        "go-zero:threshold=0.9,period=250ms,keep=0.95,window=5s,buckets=50+none | go-zero",
        "cubic:period=1s,cohort=client+none | cubic",
        "scaled:scaling=0.8,saturation=0.95,period=250ms,keep=0.95+none | scaled"
      })
  void aStrategyThatNeedsTheCpuTimeRefusesAHostThatDoesNotTellIt(String text, String piece) {
    Strategy strategy = STRATEGIES.parse(text);

    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> strategy.admission(NanoClock.SYSTEM))
        .withMessage(
            "strategy: "
                + text
                + " (expected: a host that tells its CPU time, which "
                + piece
                + " needs)");
    assertThat(strategy.admission(NanoClock.SYSTEM, new ProcessView())).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu-tokens | a host that tells the CPU time of each request",
        "rajomon | a host that tells how late a thread wakes",
        "heartbeat | a host that tells how late a thread wakes",
        "runnable-credit | a host that tells when the work of each request starts",
        "elastic-cpu | a host that tells the CPU time of each request"
      })
  void aStrategyRefusesAHostThatDoesNotTellTheSignalThatItNeeds(String piece, String rule) {
    Strategy strategy = STRATEGIES.parse(piece);

    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> strategy.admission(NanoClock.SYSTEM, new ProcessView()))
        .withMessage(
            "strategy: " + strategy + " (expected: " + rule + ", which " + piece + " needs)");
  }

  /** It counts free permits: of a limit that is never reached, there are always enough. */
  @Test
  void aPolicerThatNeedsALimitRefusesToStandAlone() {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> STRATEGIES.parse("pi"))
        .withMessage(
            "strategy: pi:period=500ms,kp=0.1,ki=1.4,most=0.95+none"
                + " (expected: a limit other than none, which pi needs)");
    assertThat(STRATEGIES.parse("pi+aimd")).isNotNull();
  }

  @Test
  void aGateThatIsBuiltWithoutTextAsksForTheSameSignals() {
    List<Policer> cpu = List.of(new CpuPolicer(0.8, 1));
    List<Policer> pi = List.of(new PiPolicer(1, 0.1, 1.4, 0.95));
    NanoClock clock = NanoClock.SYSTEM;

    assertThatThrownBy(
            () -> new Gate(cpu, new FixedLimit(1), new NoBacklog(), clock, HostView.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("CpuPolicer: alone (expected: a host that tells its CPU time)");
    assertThatThrownBy(() -> new Gate(pi, new NoLimit(), new NoBacklog(), clock, HostView.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PiPolicer: alone (expected: a limit behind it)");
  }
}
