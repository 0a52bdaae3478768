package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Policer;
import shedlab.admission.RecordingTicket;
import shedlab.policer.CubicPolicer.Cohort;

/** Beside {@code PriorityLoadShedding} itself, and by hand. */
class CubicPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final int CLIENTS = 12_800;

  @Override
  protected Policer fresh() {
    return new CubicPolicer(SECOND, Cohort.CLIENT);
  }

  @Test
  void theDefaultsAreThoseOfTheExtension() {
    assertThat(CubicPolicer.DEFINITION.parse("")).hasToString("cubic:period=1s,cohort=client");
  }

  @Test
  void goesStepForStepWithTheOriginal() {
    QuarkusTwin original = new QuarkusTwin();
    Policer ours = fresh();
    Random random = new Random(1);
    View view = new View();
    view.inflight = 1;
    long now = 0;
    ours.admits(arrival(now), view, now);
    for (int step = 0; step < 20_000; step++) {
      long used = step == 0 ? SECOND : (long) (random.nextDouble() * SECOND);
      now += SECOND;
      view.cpuNanos += used;
      RecordingTicket ticket = arrival(now).urgency(random.nextInt(8)).client(random.nextLong());
      boolean sheds =
          original.sheds(
              (double) used / SECOND,
              CubicPolicer.priority(ticket),
              1 + Priority.cohort(ticket, 7));

      assertThat(ours.admits(ticket, view, now)).as("step %d", step).isEqualTo(!sheds);
    }
  }

  /** Of 128 cohorts those up to {@code 640 * (1 - load^3) - 128 * priority} are admitted. */
  @ParameterizedTest(name = "load {0}, urgency {1}: {2} of 128")
  @CsvSource({
    "0.0, 7, 128", // 640
    "0.5, 7,  48", // 560 - 512
    "0.5, 5, 128", // 560 - 384 = 176
    "0.7, 6,  36", // 420.48 - 384
    "0.8, 5,   0", // 312.32 - 384
    "0.8, 3,  56", // 312.32 - 256
    "0.8, 4,  56", // the same priority
    "0.8, 2, 128", // 312.32 - 128 = 184.32
    "0.9, 3,   0", // 173.44 - 256
    "0.9, 1,  45", // 173.44 - 128
    "0.9, 0, 128", // 173.44
    "1.0, 0,   0"
  })
  void shedsTheLowestRanks(double load, int urgency, int cohorts) {
    double admitted = share(new CubicPolicer(SECOND, Cohort.CLIENT), load, urgency);
    assertThat(admitted).isCloseTo(cohorts / 128.0, within(0.02));
    double random = share(new CubicPolicer(SECOND, Cohort.RANDOM), load, urgency);
    assertThat(random).isCloseTo(cohorts / 128.0, within(0.02));
  }

  /** The share that is admitted of many clients, after a second of this load. */
  private static double share(Policer cubic, double load, int urgency) {
    View view = new View();
    view.inflight = 1;
    cubic.admits(arrival(0), view, 0);
    view.cpuNanos = (long) (load * SECOND);
    int admitted = 0;
    for (int client = 0; client < CLIENTS; client++) {
      admitted +=
          cubic.admits(arrival(SECOND).urgency(urgency).client(client), view, SECOND) ? 1 : 0;
    }
    return (double) admitted / CLIENTS;
  }

  @Test
  void aClientIsAlwaysTreatedAlikeUnlessCohortsAreRandom() {
    Policer cubic = fresh();
    View view = new View();
    view.inflight = 1;
    cubic.admits(arrival(0), view, 0);
    view.cpuNanos = 800 * MS;
    for (long client = 0; client < 100; client++) {
      boolean first = cubic.admits(arrival(SECOND).client(client), view, SECOND);
      for (int i = 0; i < 10; i++) {
        assertThat(cubic.admits(arrival(SECOND).client(client), view, SECOND)).isEqualTo(first);
      }
    }
  }

  /** A single client on a busy CPU is shed for a whole period, and admitted in the next. */
  @Test
  void overloadOfOneClientMakesASquareWave() {
    Policer cubic = fresh();
    View view = new View();
    view.inflight = 1;
    StringBuilder seen = new StringBuilder();
    for (int half = 0; half <= 8; half++) {
      long now = half * 500L * MS;
      boolean admits = cubic.admits(arrival(now), view, now);
      seen.append(admits ? 'o' : '.');
      view.cpuNanos += admits ? 500 * MS : 0;
    }

    assertThat(seen.toString()).isEqualTo("oo..oo..o");
  }

  /** The host gets a hundredth of the CPU, and a neighbour all the rest, work or no work. */
  @Test
  void aNeighbourThatLeavesNothingDoesNotCloseItForEver() {
    Policer cubic = fresh();
    View view = new View();
    cubic.admits(arrival(0), view, 0);
    view.cpuNanos = 10 * MS;
    view.deniedNanos = 990 * MS;
    assertThat(cubic.admits(arrival(SECOND), view, SECOND)).as("finds the gate empty").isTrue();
    view.inflight = 1;
    assertThat(cubic.admits(arrival(SECOND), view, SECOND)).isFalse();
  }
}
