package shedlab.injector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.clock.ClockOffset;
import shedlab.report.merge.Merge;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.SchedulePart;
import shedlab.report.raw.WorkAddress;
import shedlab.simulation.model.Tenant;

/** Several load generators that play one job offer what one would, and their results are its. */
class SeveralGeneratorsTest {
  private static final int[] NUMBERS = {1, 2, 3, 4, 7};
  private static final long MILLI = 1_000_000;
  private static final long ZERO = 5_000 * MILLI;
  private static final long ZERO_EPOCH_MICROS = 1_800_000_000_000_000L;
  private static final List<Tenant> KINDS =
      List.of(new Tenant("few", 1, 0, 2), new Tenant("many", 3, 5, 0.5));

  @TempDir private Path folder = Path.of("");

  private static LoadJob job(String arrivals) {
    return new LoadJob(
        "cell",
        WorkAddress.of("http://127.0.0.1:1"),
        List.of(new Segment(100, 1), new Segment(400, 1.5)),
        arrivals,
        42,
        5_000,
        "exponential",
        100,
        1_000,
        0.5,
        false,
        new ClientBehaviour(
            "backoff:tries=3,base=10ms,most=100ms", true, false, false, KINDS, 1, 2));
  }

  /** One request as it is made. */
  private record Request(long startNanos, int units, int tenant, long pauseNanos) {}

  private static Request request(LoadRun run, int index) {
    return new Request(
        run.schedule().startNanos(index),
        run.units(index),
        run.tenant(index),
        run.pauseNanos(index, 1, 429, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "poisson",
        "constant",
        "bursts:peak=5,on=50ms,every=1s",
        "markov:peak=3,on=50ms,off=150ms",
        "trace:steps=0-1200-80-3000-700,sizes=1-0.5-2-3-0.25",
        "trace:steps=0-1200-80-3000-700,speed=0.5"
      })
  void theirRequestsAreTogetherThoseOfOneGenerator(String arrivals) {
    LoadRun whole = new LoadRun(job(arrivals));
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < whole.schedule().size(); i++) {
      all.add(request(whole, i));
    }
    assertThat(all).hasSizeGreaterThan(400).extracting(Request::tenant).contains(0, 1);

    for (int of : NUMBERS) {
      Request[] together = new Request[all.size()];
      int requests = 0;
      for (int number = 1; number <= of; number++) {
        SchedulePart part = new SchedulePart(number, of);
        LoadRun run = new LoadRun(job(arrivals), part, true);
        for (int i = 0; i < run.schedule().size(); i++) {
          together[part.inWhole(i)] = request(run, i);
        }
        requests += run.schedule().size();
        assertThat(run.schedule().lengthNanos()).isEqualTo(whole.schedule().lengthNanos());
        assertThat(Math.abs(run.schedule().size() * of - all.size())).isLessThan(of);
      }
      assertThat(requests).isEqualTo(all.size());
      assertThat(together).containsExactlyElementsOf(all);
    }
  }

  /** The same fate for a request, whoever plays it. */
  private static void record(LoadRun run, int index, SplittableRandom fate) {
    int[] answers = {200, 200, 200, 429, 429, 503, Ending.NO_STATUS};
    ClientRecorder recorder = run.recorder();
    if (fate.nextInt(50) == 0) {
      return; // never started
    }
    long start =
        recorder.dueNanos(index) + fate.nextLong(3 * MILLI) + fate.nextInt(2) * (20 * MILLI);
    recorder.started(index, start);
    if (fate.nextInt(5) == 0) {
      recorder.tried(index, 429);
    }
    int answer = answers[fate.nextInt(answers.length)];
    if (fate.nextInt(50) > 0) {
      recorder.ended(index, answer, start + fate.nextLong(300 * MILLI));
    }
  }

  private static LoadResult write(LoadRun run, Path folder, double cpu, long gc)
      throws IOException {
    Records records = new Records(run.job(), run.recorder(), 10_000 * MILLI);
    long ok = records.attemptsFrom(0).ok();
    long ko = records.attemptsFrom(0).sent() - ok;
    GatlingLog log = new GatlingLog(ok, ko, Map.of("found 429", ko), Map.of(), false);
    WindowMeter.Usage usage = new WindowMeter.Usage(cpu, gc, cpu + 0.1, gc / 2);
    LoadResult result = JobRunner.result(run, ZERO_EPOCH_MICROS, records, usage, log);
    Histogram pauses = new Histogram(3);
    pauses.recordValue(70);
    JobRunner.write(Files.createDirectories(folder), run, records, result, pauses);
    return result;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void theirResultIsThatOfOneGeneratorWithTheSameRequests(int of) throws IOException {
    LoadJob job = job("poisson");
    LoadRun one = new LoadRun(job);
    one.recorder().zeroAt(ZERO);
    List<LoadRun> several = new ArrayList<>();
    List<Merge.Clocks> clocks = new ArrayList<>();
    for (int number = 1; number <= of; number++) {
      LoadRun part = new LoadRun(job, new SchedulePart(number, of), true);
      part.recorder().zeroAt(ZERO);
      several.add(part);
      clocks.add(new Merge.Clocks(new ClockOffset(-number, 5), new ClockOffset(number, 6)));
    }
    for (int i = 0; i < one.schedule().size(); i++) {
      record(one, i, new SplittableRandom(i));
      record(several.get(i % of), i / of, new SplittableRandom(i));
    }
    LoadResult expected = write(one, folder.resolve("one"), 0.1 * of, 10L * of);
    for (LoadRun each : several) {
      int number = each.part().number();
      write(each, folder.resolve(each.part().folder()), 0.1 * number, 10L * number);
    }

    LoadResult merged = Merge.in(folder, job, ZERO_EPOCH_MICROS, clocks);

    assertThat(LoadResult.read(folder)).isEqualTo(merged);
    assertThat(merged.generators()).hasSize(of);
    assertThat(merged.generators().get(1).before()).isEqualTo(new ClockOffset(-2, 5));
    assertThat(merged.generators().get(1).generator().cpuShare()).isEqualTo(0.2);
    assertThat(merged.job()).isEqualTo(expected.job());
    assertThat(merged.whole()).isEqualTo(expected.whole());
    assertThat(merged.generator()).isEqualTo(expected.generator());
    assertThat(merged.gatling()).isEqualTo(expected.gatling());
    assertThat(merged.window())
        .usingRecursiveComparison()
        .ignoringFields("figures")
        .isEqualTo(expected.window());
    assertThat(silence(expected) - silence(merged)).isBetween(0.0, 2.0);
    assertThat(ClientCsv.read(folder)).isEqualTo(ClientCsv.read(folder.resolve("one")));
    Map<LatencyLog.Kind, Histogram> all = LatencyLog.read(folder);
    LatencyLog.read(folder.resolve("one"))
        .forEach(
            (kind, micros) -> {
              if (kind == LatencyLog.Kind.PAUSE) { // each generator has its own
                assertThat(requireNonNull(all.get(kind)).getTotalCount()).isEqualTo(of);
              } else {
                assertThat(all.get(kind)).isEqualTo(micros);
              }
            });
  }

  private static double silence(LoadResult result) {
    return result.window().figures().getOrDefault("longest_silence_ms", -1.0);
  }

  @Test
  void aPartWithoutARequestIsRefused() {
    LoadJob two =
        new LoadJob(
            "two",
            WorkAddress.of("http://127.0.0.1:1"),
            List.of(new Segment(2, 1)),
            "constant",
            1,
            1,
            "deterministic",
            100,
            1_000,
            0,
            false,
            ClientBehaviour.PLAIN);

    assertThat(new LoadRun(two, new SchedulePart(2, 3), true).schedule().size()).isEqualTo(1);
    assertThatThrownBy(() -> new LoadRun(two, new SchedulePart(3, 3), true))
        .hasMessage("arrivals: constant (expected: a request in the job's time)");
  }
}
