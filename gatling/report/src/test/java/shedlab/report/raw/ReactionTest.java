package shedlab.report.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Outcomes;

/** A server of 1,000 per second; 500 offered, 2,000 from second 10 to 30, 500 until 50. */
class ReactionTest {
  private static final double CAPACITY = 1_000;
  private static final long DEADLINE_MILLIS = 250;

  @Test
  void goodputThatFollowsAtOnceSettlesAtOnce() {
    Dynamics dynamics = of(t -> inDisturbance(t) ? 980 : 500, t -> 80);

    assertThat(dynamics).isEqualTo(new Dynamics(0.0, 0, 0.0));
  }

  @Test
  void settlesWhenTheLastDipIsOver() {
    // Down to nothing for three seconds, then up again.
    Dynamics dynamics =
        of(t -> inDisturbance(t) ? (t < 13 ? 0 : 980) : 500, t -> t >= 10 && t < 13 ? 1_100 : 90);

    assertThat(dynamics.settleSeconds()).isCloseTo(3, within(0.15));
    assertThat(dynamics.overshootMillis()).isEqualTo(850);
    assertThat(dynamics.recoverySeconds()).isZero();
  }

  @Test
  void aLaterDipDelaysSettling() {
    Dynamics dynamics = of(t -> inDisturbance(t) ? (t >= 18 && t < 19 ? 400 : 980) : 500, t -> 90);

    assertThat(dynamics.settleSeconds()).isBetween(8.0, 9.0);
  }

  @Test
  void goodputBelowTheCapacityCanSettle() {
    // The server loses half of its capacity, and goodput falls to the other half.
    Dynamics dynamics = of(t -> inDisturbance(t) ? 450 : 500, t -> 90);

    assertThat(dynamics.settleSeconds()).isZero();
  }

  @Test
  void goodputThatCollapsesHasNotSettled() {
    Dynamics dynamics = of(t -> inDisturbance(t) ? 0 : 500, t -> 990);

    assertThat(dynamics.settleSeconds()).isNull();
    assertThat(dynamics.recoverySeconds()).isZero();
  }

  @Test
  void goodputThatOscillatesUntilTheEndNeverSettles() {
    Dynamics dynamics = of(t -> inDisturbance(t) ? ((int) t % 4 < 2 ? 980 : 300) : 500, t -> 90);

    assertThat(dynamics.settleSeconds()).isNull();
  }

  @Test
  void recoveryCountsFromTheEndOfTheDisturbance() {
    Dynamics dynamics =
        of(t -> inDisturbance(t) ? 980 : t >= 30 && t < 34.5 ? 20 : 500, t -> t > 34 ? 90 : 700);

    assertThat(dynamics.recoverySeconds()).isCloseTo(4.5, within(0.15));
    assertThat(dynamics.overshootMillis()).isEqualTo(450);
  }

  @Test
  void goodputThatStaysLowHasNotRecovered() {
    assertThat(of(t -> t < 30 ? Math.min(980, offered(t)) : 60, t -> 90).recoverySeconds())
        .isNull();
  }

  @Test
  void theNoiseOfAFewHundredRequestsIsNoDip() {
    // 100 per second: a tenth is one standard deviation of a Poisson count.
    ClientCsv course = course(50, t -> 100, t -> (int) t % 5 == 0 ? 80 : 100, t -> 90);
    assertThat(Reaction.of(course, 1_000, DEADLINE_MILLIS, 10, 30).settleSeconds()).isZero();
  }

  @Test
  void aLastingDisturbanceHasNoRecovery() {
    ClientCsv course = course(50, ReactionTest::offered, t -> Math.min(980, offered(t)), t -> 90);
    Dynamics dynamics = Reaction.of(course, CAPACITY, DEADLINE_MILLIS, 10, 50);

    assertThat(dynamics.recoverySeconds()).isNull();
  }

  @Test
  void readsTheFileOfTheClient() {
    ClientCsv course =
        ClientCsv.parse(
            "second,offered,good,late,shed,other,timeout,transport,"
                + "admitted_p50_micros,admitted_p99_micros\n"
                + "0.0,40,20,3,15,0,2,0,51200,99000\n"
                + "0.1,10,0,0,10,0,0,0,,\n");

    assertThat(course.rows())
        .containsExactly(
            new ClientCsv.Row(
                0, 40, new Outcomes(20, 3, 15, 0, 2, 0), 51_200, 99_000, new TreeMap<>()),
            new ClientCsv.Row(0.1, 10, new Outcomes(0, 0, 10, 0, 0, 0), 0, 0, new TreeMap<>()));
  }

  private static boolean inDisturbance(double second) {
    return second >= 10 && second < 30;
  }

  private static double offered(double second) {
    return inDisturbance(second) ? 2_000 : 500;
  }

  private static Dynamics of(DoubleUnaryOperator good, DoubleUnaryOperator p99Millis) {
    return Reaction.of(
        course(50, ReactionTest::offered, good, p99Millis), CAPACITY, DEADLINE_MILLIS, 10, 30);
  }

  private static ClientCsv course(
      int seconds,
      DoubleUnaryOperator offered,
      DoubleUnaryOperator good,
      DoubleUnaryOperator p99Millis) {
    List<ClientCsv.Row> rows = new ArrayList<>();
    for (int i = 0; i < seconds * 10; i++) {
      double second = i / 10.0;
      long all = Math.round(offered.applyAsDouble(second) / 10);
      long ok = Math.round(good.applyAsDouble(second) / 10);
      rows.add(
          new ClientCsv.Row(
              second,
              all,
              new Outcomes(ok, 0, all - ok, 0, 0, 0),
              0,
              Math.round(1_000 * p99Millis.applyAsDouble(second)),
              new TreeMap<>()));
    }
    return new ClientCsv(rows);
  }
}
