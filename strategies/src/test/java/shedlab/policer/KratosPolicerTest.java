package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;

class KratosPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new KratosPolicer(0.8, 500 * MS, 0.95, 10 * SECOND, 100, MS, KratosPolicer.Samples.ALL);
  }

  /** From half to full use: n periods with 1 - 0.5 * 0.95^n >= 0.8, so n = 18: nine seconds. */
  @Test
  void takesNineSecondsToNoticeAStepFromHalfToFull() {
    Policer kratos = fresh();
    View view = new View();
    long now = 0;
    while (now < 60 * SECOND) { // half use for a minute
      now += 100 * MS;
      view.cpuNanos += 50 * MS;
      complete(kratos, now, 10 * MS);
      assertThat(kratos.admits(arrival(now), view, now)).isTrue();
    }
    long step = now;
    view.inflight = 1_000;
    while (kratos.admits(arrival(now), view, now)) {
      now += 100 * MS;
      view.cpuNanos += 100 * MS;
      complete(kratos, now, 10 * MS);
    }
    assertThat((now - step) / (double) SECOND).isCloseTo(9, within(0.6));
  }

  /** Ten in a bucket of 100 ms at 20 ms each: 100/s times 0.02 s are 2 in flight. */
  @Test
  void allowsBestThroughputTimesLeastTime() {
    KratosPolicer kratos =
        new KratosPolicer(0.8, 10 * MS, 0, 10 * SECOND, 100, MS, KratosPolicer.Samples.ALL);
    View view = busy(kratos, 20 * MS);
    view.inflight = 2;
    assertThat(kratos.admits(arrival(0), view, 2 * SECOND)).isTrue();
    view.inflight = 3;
    assertThat(kratos.admits(arrival(0), view, 2 * SECOND)).isFalse();
  }

  /** 0.2 ms count as 1 ms: five times as many are let in as there should be. */
  @Test
  void roundingToMillisecondsLetsTooManyIn() {
    assertThat(mostInFlight(MS / 10)).isEqualTo(2);
    assertThat(mostInFlight(MS)).isEqualTo(10);
  }

  @Test
  void aBusyCpuAloneShedsNobody() {
    KratosPolicer kratos =
        new KratosPolicer(0.8, 10 * MS, 0, 10 * SECOND, 100, MS, KratosPolicer.Samples.ALL);
    View view = busy(kratos, 20 * MS);
    view.inflight = 1;

    assertThat(kratos.admits(arrival(0), view, 2 * SECOND)).isTrue();
  }

  /** Work of 1.9 ms is cut to 1 ms before the mean is rounded up: 1,000/s * 1 ms is 1, not 2. */
  @Test
  void cutsEachTimeToWholeMilliseconds() {
    KratosPolicer kratos =
        new KratosPolicer(0.8, 10 * MS, 0, 10 * SECOND, 100, MS, KratosPolicer.Samples.ALL);
    View view = new View();
    kratos.admits(arrival(0), view, 0);
    for (long now = 0; now < 2 * SECOND; now += MS) {
      complete(kratos, now, 19 * MS / 10);
    }
    view.cpuNanos = 2 * SECOND;
    view.inflight = 2;
    assertThat(kratos.admits(arrival(0), view, 2 * SECOND)).isFalse();
  }

  /** As in the original: the second counts from the first shed, and later ones do not renew it. */
  @Test
  void afterMoreThanASecondOfSheddingAnIdleCpuEndsItAtOnce() {
    KratosPolicer kratos =
        new KratosPolicer(0.8, 10 * MS, 0, 10 * SECOND, 100, MS, KratosPolicer.Samples.ALL);
    View view = busy(kratos, 20 * MS);
    view.inflight = 3;
    long now = 2 * SECOND;
    for (; now < 4 * SECOND; now += 10 * MS) {
      assertThat(kratos.admits(arrival(now), view, now)).isFalse();
      view.cpuNanos += 10 * MS;
    }
    now += 10 * MS; // idle for 10 of the last 20 ms
    assertThat(kratos.admits(arrival(now), view, now)).isTrue();
  }

  @Test
  void aSecondAfterItBeganToShedItStopsIfTheCpuIsIdle() {
    KratosPolicer kratos =
        new KratosPolicer(0.8, 10 * MS, 0, 10 * SECOND, 100, MS, KratosPolicer.Samples.ALL);
    View view = busy(kratos, 20 * MS);
    view.inflight = 3;
    long first = 2 * SECOND;
    assertThat(kratos.admits(arrival(first), view, first)).isFalse();
    for (long now = first + 10 * MS; now <= first + SECOND; now += 10 * MS) {
      assertThat(kratos.admits(arrival(now), view, now)).as("%d ns", now - first).isFalse();
    }
    assertThat(kratos.admits(arrival(0), view, first + SECOND + 1)).isTrue();
  }

  private static int mostInFlight(long resolution) {
    KratosPolicer kratos =
        new KratosPolicer(0.8, 10 * MS, 0, 10 * SECOND, 100, resolution, KratosPolicer.Samples.ALL);
    View view = new View();
    kratos.admits(arrival(0), view, 0);
    for (long now = 0; now < 2 * SECOND; now += MS / 10) { // 10,000 a second, 0.2 ms each
      complete(kratos, now, MS / 5);
    }
    view.cpuNanos = 2 * SECOND;
    do {
      view.inflight++;
    } while (kratos.admits(arrival(0), view, 2 * SECOND));
    return view.inflight - 1;
  }

  private static View busy(KratosPolicer kratos, long elapsed) {
    View view = new View();
    kratos.admits(arrival(0), view, 0);
    for (long now = 0; now < 2 * SECOND; now += 10 * MS) {
      complete(kratos, now, elapsed);
    }
    view.cpuNanos = 2 * SECOND;
    return view;
  }

  /** A thousand a second of 20 ms are 20 in flight; after a bucket of drops of 1 ms, one. */
  @ParameterizedTest
  @CsvSource({
    "samples=all, 1",
    "samples=successes, 20",
    "'profile=tuned,deadline=250ms,workers=4,window=10s,buckets=100', 20"
  })
  void aBucketOfFastDropsIsNoMeasureOfTheWorkUnlessAllCount(String arguments, int most) {
    Policer kratos =
        KratosPolicer.DEFINITION.make(
            KratosPolicer.DEFINITION.parse(arguments + ",period=10ms,keep=0.0"));
    View view = new View();
    kratos.admits(arrival(0), view, 0);
    for (int i = 0; i < 200; i++) {
      complete(kratos, i * MS, 20 * MS);
    }
    for (int i = 200; i < 300; i++) {
      kratos.completed(arrival(i * MS).completed(i * MS, 0, MS, 1, Outcome.DROPPED));
    }
    view.cpuNanos = SECOND;
    long now = 310 * MS;
    view.inflight = most;
    assertThat(kratos.admits(arrival(now), view, now)).isTrue();
    view.inflight = most + 1;
    assertThat(kratos.admits(arrival(now), view, now)).isFalse();
  }
}
