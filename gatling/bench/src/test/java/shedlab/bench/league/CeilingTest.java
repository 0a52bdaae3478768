package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.report.league.Contender;

class CeilingTest {
  private static final String HALF_DEADLINE =
      "fixed:limit=${cpus}+fifo:capacity=4000,timeout=${deadline/2}";
  private static final String LONG = "lead-in = 2s\nmeasure = 60s\ndeadline = 250ms\n";

  @TempDir private Path folder = Path.of("");

  private Situation situation(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("one.properties"), LONG + text);
    return SituationFile.read(file).get(0);
  }

  private double ceiling(String text) throws IOException {
    SimulatedLoad load = situation(text).load();
    return new Ceiling(load, load.requests(1)).share();
  }

  private static double goodput(Situation situation, String strategy) {
    Contender contender = new Contender("it", Contender.Kind.TUNED, strategy);
    return new Match(contender, situation, "").play().meanGoodput();
  }

  @Test
  void belowTheCapacitySmallTasksCanAllBeInTime() throws IOException {
    assertThat(ceiling("shop.cores = 4\nshop.task = 1ms\nshop.load = 0.5\n"))
        .isCloseTo(0.5, within(0.01));
  }

  @Test
  void inLastingOverloadItIsTheCapacity() throws IOException {
    assertThat(ceiling("shop.cores = 4\nshop.task = 10ms\nshop.load = 3\n"))
        .isCloseTo(1, within(0.005));
  }

  @Test
  void refusalsTakeTheirPart() throws IOException {
    // (c - lambda r) / (s - r) for one core of tasks of 10 ms at 3x with refusals of 0.5 ms
    double expected = (1 - 300 * 0.0005) / (0.010 - 0.0005) / 100;
    assertThat(ceiling("shop.cores = 1\nshop.task = 10ms\nshop.load = 3\nshop.refusal = 5%\n"))
        .isCloseTo(expected, within(0.01));
  }

  @Test
  void whileHalfOfTheCoresAreGoneItIsHalf() throws IOException {
    String drop = "shop.capacity-drop = at=15s,for=30s,left=0.5\n";
    assertThat(ceiling("shop.cores = 4\nshop.task = 10ms\nshop.load = 2\n" + drop))
        .isCloseTo(0.75, within(0.01));
  }

  @Test
  void ofCoresThatAreGoneAndSlowAtOnceTheRestIsTheProduct() throws IOException {
    String both = "shop.capacity-drop = at=1s,for=59s,left=0.5\nshop.slowdown = at=1s,factor=2\n";
    assertThat(ceiling("shop.cores = 4\nshop.task = 10ms\nshop.load = 2\n" + both))
        .isCloseTo(0.25, within(0.02));
  }

  @Test
  void pausesOfTheCollectorTakeTheirShareOfTheTime() throws IOException {
    String collector = "shop.collector = every=1s,pause=200ms\n";
    assertThat(ceiling("shop.cores = 4\nshop.task = 10ms\nshop.load = 2\n" + collector))
        .isCloseTo(0.8, within(0.01));
  }

  @Test
  void workersThatWaitForIoBoundWhatCoresCanDo() throws IOException {
    String io = "shop.io = 50%\nshop.workers-per-cpu = ";
    String shop = "shop.cores = 4\nshop.task = 10ms\nshop.load = 3\n" + io;
    assertThat(ceiling(shop + "1\n")).isCloseTo(0.5, within(0.005));
    assertThat(ceiling(shop + "4\n")).isCloseTo(1, within(0.005));
  }

  @Test
  void requestsWhoseIoAloneTakesTooLongCountForNothing() throws IOException {
    // 75 ms of work and 225 ms of I/O
    assertThat(ceiling("shop.task = 75ms\nshop.io = 75%\n")).isZero();
  }

  @Test
  void afterAStartItRisesAsFastAsACompilerCanWork() throws IOException {
    // All of 60 s: 30 s at 1 / (10 - 9 x) and then 30 s at 1
    String start = "shop.lead-in = 0s\nshop.compiler = slow=10,after=1,work=30s\n";
    assertThat(ceiling("shop.cores = 4\nshop.task = 1ms\nshop.load = 2\n" + start))
        .isCloseTo((Math.log(10) / 9 + 1) / 2, within(0.01));
  }

  @Test
  void requestsThatNoCoreCanDoInTimeCountForNothing() throws IOException {
    // A tenth of the requests is eleven times as large as the others: 550 ms and 50 ms.
    String law = "shop.service-law = bimodal:large=0.1,ratio=11\n";
    assertThat(ceiling("shop.cores = 4\nshop.task = 100ms\nshop.load = 2\n" + law))
        .isCloseTo(0.9, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HALF_DEADLINE,
        "fixed:limit=${workers}",
        "bouncer:promise=${deadline},workers=${cpus}+fixed:limit=${cpus}+fifo:capacity=4000",
        "clairvoyant:rate=${capacity}/s,budget=${deadline}+fixed:limit=${cpus}+fifo:capacity=4000"
      })
  void noStrategyExceedsIt(String strategy) throws IOException {
    for (String task : new String[] {"5ms", "60ms"}) {
      for (String load : new String[] {"0.9", "1.2", "3"}) {
        notExceeded(strategy, "shop.task = " + task + "\nshop.load = " + load);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "collector = every=1s,pause=100ms",
        "collector = every=300ms,pause=60ms",
        "io = 50%",
        "io = 80%",
        "lead-in = 0s\nshop.compiler = slow=10,after=100,work=5s",
        "lead-in = 0s\nshop.compiler = slow=3,after=1000,work=500ms"
      })
  void norDoesOneWhenTheServerDoesMoreThanRequests(String host) throws IOException {
    for (String load : new String[] {"0.9", "3"}) {
      for (String strategy : new String[] {HALF_DEADLINE, "fixed:limit=${workers}"}) {
        notExceeded(strategy, "shop.task = 10ms\nshop.load = " + load + "\nshop." + host);
      }
    }
  }

  private void notExceeded(String strategy, String text) throws IOException {
    Situation situation = situation("shop.cores = 2\nshop.seeds = 2\n" + text + "\n");
    double ceiling =
        situation
            .seedValues()
            .mapToObj(seed -> situation.load().requests(seed))
            .mapToDouble(requests -> new Ceiling(situation.load(), requests).share())
            .average()
            .orElseThrow();
    assertThat(goodput(situation, strategy)).isLessThan(ceiling + 0.005);
  }
}
