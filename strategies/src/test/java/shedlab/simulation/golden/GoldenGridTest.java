package shedlab.simulation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shedlab.spec.Definition;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/**
 * Every built-in strategy in every scenario, as text: a review of a changed strategy shows the diff
 * of its figures.
 */
@Tag("optimized")
class GoldenGridTest {
  private static final Path FILE =
      Project.file("strategies/src/test/resources/shedlab/simulation/golden/grid.txt");
  private static final Strategies BUILT_IN = Strategies.builtIn();
  private static final String ROW = "%-26s%-8s%11s%8s%14s%10s%12s%n";

  private static final String LEGEND =
      """
      Every built-in strategy in every scenario, simulated: 4 cores, time-sliced, tasks of 10 ms
      (1x = 400/s), 0.1 ms of CPU for a refusal, in time for 100 ms, Poisson arrivals of one seed,
      20 clients. (pool): 4 workers with a queue of their own instead of time-slicing.
      Written by `make golden`, never by hand.

      goodput      done in time, as a share of the most possible; for a group of clients: of its requests
      shed         requests whose last try was shed, as a share of those offered
      false shed   tries shed while the offered load was below the capacity; - if it never was
      p99          of the requests done, from the intended start
      recovery     from the end of the disturbance until 95 % of what ends in each later second is good

      """;

  /** Defaults and, if there is a tuned profile, tuned for this deadline and these cores. */
  private static final String STRATEGIES =
      """
      none                      none
      fixed 4                   fixed:limit=4
      fixed 8                   fixed:limit=8
      fixed 40                  fixed:limit=40
      aimd                      aimd
      aimd tuned                aimd:profile=tuned,deadline=100ms,workers=4
      aimd-windowed             aimd-windowed
      aimd-windowed tuned       aimd-windowed:profile=tuned,deadline=100ms,workers=4
      vegas                     vegas
      vegas tuned               vegas:profile=tuned,deadline=100ms,workers=4
      vegas-windowed            vegas-windowed
      vegas-windowed tuned      vegas-windowed:profile=tuned,deadline=100ms,workers=4
      vegas-quarkus             vegas-quarkus
      vegas-quarkus tuned       vegas-quarkus:profile=tuned,deadline=100ms,workers=4
      gradient                  gradient
      gradient tuned            gradient:profile=tuned,deadline=100ms,workers=4
      gradient-windowed         gradient-windowed
      gradient-windowed tuned   gradient-windowed:profile=tuned,deadline=100ms,workers=4
      gradient2                 gradient2
      gradient2 tuned           gradient2:profile=tuned,deadline=100ms,workers=4
      gradient2-windowed        gradient2-windowed
      gradient2-windowed tuned  gradient2-windowed:profile=tuned,deadline=100ms,workers=4
      envoy                     envoy
      envoy tuned               envoy:profile=tuned,deadline=100ms,workers=4
      brpc                      brpc
      brpc tuned                brpc:profile=tuned,deadline=100ms,workers=4
      failsafe                  failsafe
      failsafe tuned            failsafe:profile=tuned,deadline=100ms,workers=4
      breakwater                breakwater+fifo:capacity=64
      breakwater (pool)         breakwater
      breakwater tuned (pool)   breakwater:profile=tuned,deadline=100ms,workers=4
      sla-gradient              sla-gradient:target=100ms
      sla-gradient tuned        sla-gradient:profile=tuned,deadline=100ms,workers=4
      little                    little-queue:target=100ms+little:target=100ms+fifo:capacity=256
      little tuned              little-queue:profile=tuned,deadline=100ms,workers=4+little:profile=tuned,deadline=100ms,workers=4+fifo:capacity=256
      little-queue tuned        little-queue:profile=tuned,deadline=100ms,workers=4+fixed:limit=4+fifo:capacity=256
      fifo 16                   fixed:limit=4+fifo:capacity=16
      fifo 64, 80 ms            fixed:limit=4+fifo:capacity=64,timeout=80ms
      lifo                      fixed:limit=4+lifo:capacity=64
      lifo, 80 ms               fixed:limit=4+lifo:capacity=64,timeout=80ms
      adaptive-lifo             fixed:limit=4+adaptive-lifo:capacity=64
      adaptive-lifo, 80 ms      fixed:limit=4+adaptive-lifo:capacity=64,timeout=80ms
      codel                     fixed:limit=4+codel:capacity=256
      codel tuned               fixed:limit=4+codel:profile=tuned,deadline=100ms,workers=4
      edf                       fixed:limit=4+edf:capacity=16
      priority                  fixed:limit=4+priority:capacity=16
      fair                      fixed:limit=4+fair:capacity=16
      bucket                    bucket:rate=400/s+none
      bucket, burst 1           bucket:rate=400/s,burst=1+none
      bucket 95 % + fifo        bucket:rate=380/s,burst=8+fixed:limit=4+fifo:capacity=16
      random-early              random-early:from=4,to=24+none
      pi                        pi+fixed:limit=4+fifo:capacity=64
      pi tuned                  pi:profile=tuned,deadline=100ms,workers=4+fixed:limit=4+fifo:capacity=64
      dagor (pool)              dagor+none
      dagor tuned (pool)        dagor:profile=tuned,deadline=100ms,workers=4+none
      dagor tuned + fifo        dagor:profile=tuned,deadline=100ms,workers=4+fixed:limit=4+fifo:capacity=32
      bouncer                   bouncer:profile=tuned,deadline=100ms,workers=4+fixed:limit=4+fifo:capacity=64
      bouncer, no margin        bouncer:promise=100ms,workers=4,margin=none+fixed:limit=4+fifo:capacity=64
      brpc-timeout              brpc-timeout+none
      brpc-timeout tuned        brpc-timeout:profile=tuned,deadline=100ms,workers=4+none
      queue-linear              queue-linear+failsafe+fifo:capacity=1000,timeout=1min
      queue-linear, priority    queue-linear:by=priority+failsafe+fifo:capacity=1000,timeout=1min
      queue-linear tuned        queue-linear:profile=tuned,deadline=100ms,workers=4+fixed:limit=4+fifo:capacity=64
      cpu                       cpu+none
      cpu tuned                 cpu:profile=tuned,deadline=100ms,workers=4+none
      kratos                    kratos+none
      kratos tuned              kratos:profile=tuned,deadline=100ms,workers=4+none
      kratos tuned + fixed 40   kratos:profile=tuned,deadline=100ms,workers=4+fixed:limit=40
      go-zero                   go-zero+none
      go-zero tuned             go-zero:profile=tuned,deadline=100ms,workers=4+none
      cpu-tokens                cpu-tokens+none
      cpu-tokens tuned          cpu-tokens:profile=tuned,deadline=100ms,workers=4+fixed:limit=4+fifo:capacity=64
      rajomon                   rajomon+none
      rajomon tuned             rajomon:profile=tuned,deadline=100ms,workers=4+none
      rajomon tuned (pool)      rajomon:profile=tuned,deadline=100ms,workers=4+none
      heartbeat                 heartbeat+none
      heartbeat tuned           heartbeat:profile=tuned,deadline=100ms,workers=4+none
      runnable-credit           runnable-credit+none
      runnable-credit tuned     runnable-credit:profile=tuned,deadline=100ms,workers=4+none
      elastic-cpu               elastic-cpu+none
      elastic-cpu tuned         elastic-cpu:profile=tuned,deadline=100ms,workers=4+none
      cubic                     cubic+none
      cubic tuned               cubic:profile=tuned,deadline=100ms,workers=4+none
      scaled                    scaled+none
      scaled tuned              scaled:profile=tuned,deadline=100ms,workers=4+none
      deadline                  deadline+fixed:limit=4+fifo:capacity=256
      deadline 20 ms            deadline:least=20ms+fixed:limit=4+fifo:capacity=256
      reject-all                reject-all+none
      clairvoyant               clairvoyant:rate=400/s,budget=80ms+fixed:limit=4+fifo:capacity=256
      """;

  @Test
  void everyStrategyHasTheCommittedFiguresInEveryScenario() throws IOException {
    GoldenFile.check(FILE, grid());
  }

  @Test
  void everyBuiltInStrategyIsInTheGrid() {
    TreeSet<String> missing = new TreeSet<>();
    Stream.of(BUILT_IN.limits(), BUILT_IN.backlogs(), BUILT_IN.policers())
        .flatMap(family -> family.stream().<String>map(Definition::name))
        .forEach(missing::add);
    for (Strategy strategy : strategies().values()) {
      Pattern.compile("\\+")
          .splitAsStream(strategy.toString())
          .forEach(piece -> missing.remove(piece.replaceFirst(":.*", "")));
    }
    assertThat(missing).isEmpty();
  }

  private static Map<String, Strategy> strategies() {
    Map<String, Strategy> byLabel = new LinkedHashMap<>();
    STRATEGIES
        .lines()
        .forEach(l -> byLabel.put(l.substring(0, 26).strip(), BUILT_IN.parse(l.substring(26))));
    return byLabel;
  }

  private static String grid() {
    Map<String, Strategy> strategies = strategies();
    return Scenario.all().parallelStream()
        .map(scenario -> table(scenario, strategies))
        .collect(Collectors.joining("", LEGEND + STRATEGIES, ""));
  }

  private static String table(Scenario scenario, Map<String, Strategy> strategies) {
    StringBuilder text = new StringBuilder("\n# ").append(scenario.name()).append('\n');
    append(text, "strategy", "", "goodput %", "shed %", "false shed %", "p99 ms", "recovery s");
    strategies.forEach(
        (label, strategy) -> {
          for (Scenario.Figures of : scenario.run(strategy, label.endsWith("(pool)"))) {
            append(
                text,
                label,
                of.whose(),
                Decimal.percent(of.goodput()),
                Decimal.percent(of.shed()),
                Decimal.percent(of.falseShed()),
                Decimal.of(of.p99Millis(), 1),
                of.recovery());
          }
        });
    return text.toString();
  }

  private static void append(StringBuilder text, Object... cells) {
    text.append(ROW.formatted(cells).stripTrailing()).append('\n');
  }
}
