package shedlab.simulation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shedlab.spec.Definition;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/**
 * Every built-in strategy in every scenario, as text: what a change of a strategy does shows in
 * review as a diff of figures.
 */
class GoldenGridTest {
  private static final Path FILE = Path.of("src/test/resources/shedlab/simulation/golden/grid.txt");
  private static final Strategies BUILT_IN = Strategies.builtIn();
  private static final String ROW = "%-26s%-8s%11s%8s%14s%10s%12s%n";

  private static final String LEGEND =
      """
      Every built-in strategy in every scenario, simulated: 4 cores, time-sliced, tasks of 10 ms
      (1x = 400/s), 0.1 ms of CPU for a refusal, in time for 100 ms, Poisson arrivals of one seed,
      20 clients. (pool): 4 workers with a queue of their own instead of time-slicing.
      Written by `make golden`, never by hand.

      goodput      done in time, as a share of what could be; of some clients: of what they asked for
      shed         for good, as a share of the requests offered
      false shed   tries shed while less was offered than the cores could do; - if it never was
      p99          of the requests done, from the intended start
      recovery     from the end of the disturbance until 95 % of what ends in a second is good, for good

      """;

  /** Defaults and, where there is something to tune, tuned for this deadline and these cores. */
  private static final String STRATEGIES =
      """
      none                      none
      fixed 4                   fixed:limit=4
      fixed 8                   fixed:limit=8
      fixed 40                  fixed:limit=40
      aimd                      aimd
      aimd tuned                aimd:initial=4,min=1,max=64,timeout=50ms,pace=round-trip
      aimd-windowed             aimd-windowed
      aimd-windowed tuned       aimd-windowed:initial=4,min=1,max=64,timeout=50ms,window=100ms
      vegas                     vegas
      vegas tuned               vegas:initial=8,max=64,probe-below=0.5
      vegas-windowed            vegas-windowed
      vegas-windowed tuned      vegas-windowed:initial=8,max=64,probe-below=0.5,window=100ms
      vegas-quarkus             vegas-quarkus
      vegas-quarkus tuned       vegas-quarkus:initial=8,max=64
      gradient                  gradient
      gradient tuned            gradient:initial=8,max=16
      gradient-windowed         gradient-windowed
      gradient-windowed tuned   gradient-windowed:initial=8,max=16,window=100ms
      gradient2                 gradient2
      gradient2 tuned           gradient2:initial=8,min=1,max=16,headroom=flat,drops=cut
      gradient2-windowed        gradient2-windowed
      gradient2-windowed tuned  gradient2-windowed:initial=8,min=1,max=16,headroom=flat,drops=cut,window=100ms
      envoy                     envoy
      envoy tuned               envoy:min=1,max=64,quantile=0.9,probe=4,probe-interval=10s
      brpc                      brpc
      brpc tuned                brpc:initial=4,min=4,max=64,samples=50
      failsafe                  failsafe
      failsafe tuned            failsafe:initial=8,max=64
      breakwater                breakwater+fifo:capacity=64
      breakwater (pool)         breakwater
      breakwater tuned (pool)   breakwater:initial=4,min=4,max=256,target=25ms
      fifo 16                   fixed:limit=4+fifo:capacity=16
      fifo 64, 80 ms            fixed:limit=4+fifo:capacity=64,timeout=80ms
      lifo                      fixed:limit=4+lifo:capacity=64
      lifo, 80 ms               fixed:limit=4+lifo:capacity=64,timeout=80ms
      adaptive-lifo             fixed:limit=4+adaptive-lifo:capacity=64
      adaptive-lifo, 80 ms      fixed:limit=4+adaptive-lifo:capacity=64,timeout=80ms
      codel                     fixed:limit=4+codel:capacity=256
      codel tuned               fixed:limit=4+codel:capacity=256,timeout=80ms,target=40ms
      edf                       fixed:limit=4+edf:capacity=16
      priority                  fixed:limit=4+priority:capacity=16
      fair                      fixed:limit=4+fair:capacity=16
      bucket                    bucket:rate=400/s+none
      bucket 95 % + fifo        bucket:rate=380/s,burst=8+fixed:limit=4+fifo:capacity=16
      random-early              random-early:from=4,to=24+none
      pi                        pi+fixed:limit=4+fifo:capacity=64
      pi tuned                  pi:period=100ms+fixed:limit=4+fifo:capacity=64
      dagor (pool)              dagor+none
      dagor tuned (pool)        dagor:target=25ms,window=200ms+none
      bouncer                   bouncer:promise=100ms,workers=4+fixed:limit=4+fifo:capacity=64
      bouncer, no margin        bouncer:promise=100ms,workers=4,margin=0.0+fixed:limit=4+fifo:capacity=64
      cpu                       cpu+none
      cpu tuned                 cpu:threshold=0.95,period=50ms+none
      kratos                    kratos+none
      kratos tuned              kratos:period=100ms,keep=0.5,resolution=1us+none
      go-zero                   go-zero+none
      go-zero tuned             go-zero:period=100ms,keep=0.5+none
      deadline                  deadline+fixed:limit=4+fifo:capacity=256
      deadline 20 ms            deadline:least=20ms+fixed:limit=4+fifo:capacity=256
      reject-all                reject-all+none
      clairvoyant               clairvoyant:rate=400/s,budget=100ms+fixed:limit=4+fifo:capacity=256
      clairvoyant, 80 ms        clairvoyant:rate=396/s,budget=100ms+fixed:limit=4+fifo:capacity=256,timeout=80ms
      """;

  @Test
  void everyStrategyDoesInEveryScenarioWhatIsCommitted() throws IOException {
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
    StringBuilder text = new StringBuilder(LEGEND).append(STRATEGIES);
    for (Scenario scenario : Scenario.all()) {
      text.append("\n# ").append(scenario.name()).append('\n');
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
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Object... cells) {
    text.append(ROW.formatted(cells).stripTrailing()).append('\n');
  }
}
