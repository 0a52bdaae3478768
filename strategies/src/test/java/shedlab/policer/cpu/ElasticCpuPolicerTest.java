package shedlab.policer.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.policer.PolicerContract;
import shedlab.spec.SpecException;

/** One core, shares in steps of a hundredth: a full bucket holds 250 ms at first. */
class ElasticCpuPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;

  private final View view = new View();
  private final Policer elastic = new ElasticCpuPolicer(4, MS, 100 * MS, 0.01, 0.05, 0.25);

  @Override
  protected Policer fresh() {
    return new ElasticCpuPolicer(0, MS, 100 * MS, 0.0001, 0.05, 0.25);
  }

  @Test
  void theShareFillsABucketOfCpuTime() {
    assertThat(low(0)).isTrue();
    use(200 * MS); // 50 of 250 ms are left, and the mean is 200
    assertThat(low(0)).as("pays 200").isTrue();
    assertThat(low(0)).as("-150").isFalse();
    assertThat(low(600)).as("-150 + 0.25 * 600").isFalse();
    assertThat(low(601)).as("0.25").isTrue();
  }

  @Test
  void whatARequestReallyUsedTakesThePlaceOfTheMean() {
    low(0);
    use(200 * MS);
    low(0);
    use(10 * MS); // 190 of the 200 come back: -150 + 190
    assertThat(low(0)).isTrue();
  }

  @Test
  void requestsThatAreMoreUrgentAreNotPoliced() {
    low(0);
    use(900 * MS);
    assertThat(low(0)).isFalse();
    assertThat(elastic.admits(arrival(0).urgency(3), view, 0)).isTrue();
  }

  /** Late by 5 ms: 0.3 * 5 = 1.5 ms on average, and 0.11 of the CPU are used: 0.25 - 0.02. */
  @Test
  void lateThreadsTakeTwoStepsOff() {
    requestThatUses11(0);
    view.wake(100, 5 * MS);
    atTheEnd(100);
    atTheEnd(1_200); // nothing used meanwhile
    assertThat(full(1_200)).as("230 ms, 11 each").isEqualTo(21);
  }

  /** In time again: 0.7 * 1.5 = 1.05 ms, so once more to 0.21; then 0.735 ms, and it stays. */
  @Test
  void theAverageRemembersALatePeriod() {
    requestThatUses11(0);
    view.wake(100, 5 * MS);
    atTheEnd(100);
    requestThatUses11(100);
    view.wake(100, 0);
    atTheEnd(200);
    requestThatUses11(200);
    view.wake(100, 0);
    atTheEnd(300);
    atTheEnd(1_500);
    assertThat(full(1_500)).as("210 ms, 11 each").isEqualTo(20);
  }

  @Test
  void aClassThatUsesNoMoreThanTheLeastShareIsNotToBlame() {
    low(0);
    use(4 * MS);
    view.wake(100, 50 * MS);
    atTheEnd(100);
    atTheEnd(1_200);
    assertThat(full(1_200)).as("250 ms, 4 each").isEqualTo(63);
  }

  /** First down to 0.23; when all is quiet again, 0.22 are used, more than 0.9 of that: 0.24. */
  @Test
  void aShareThatIsUsedGrowsByOneStep() {
    requestThatUses11(0);
    view.wake(100, 5 * MS);
    atTheEnd(100);
    view.wake(100, 0);
    atTheEnd(200); // 1.05 ms, nothing used
    view.wake(100, 0);
    atTheEnd(300); // 0.735 ms, nothing used
    requestThatUses11(300);
    requestThatUses11(300);
    view.wake(100, 0);
    atTheEnd(400);
    atTheEnd(2_000);
    assertThat(full(2_000)).as("240 ms, 11 each").isEqualTo(22);
  }

  @Test
  void theLeastShareIsNotMoreThanTheMost() {
    assertThatThrownBy(() -> ElasticCpuPolicer.DEFINITION.parse("least=0.5"))
        .isInstanceOf(SpecException.class)
        .hasMessage("most: 0.25 (expected: least (0.5) or more)");
  }

  /** An arrival of the low class. */
  private boolean low(long millis) {
    view.wake(1, 0);
    return elastic.admits(arrival(millis * MS).urgency(4), view, millis * MS);
  }

  /** An arrival that is not policed ends the period. */
  private void atTheEnd(long millis) {
    view.wake(1, 0);
    elastic.admits(arrival(millis * MS).urgency(0), view, millis * MS);
  }

  private void requestThatUses11(long millis) {
    low(millis);
    use(11 * MS);
  }

  private void use(long cpuNanos) {
    elastic.completed(
        arrival(0).urgency(4).completed(0, 0, 10 * cpuNanos, 1, Outcome.SUCCESS).used(cpuNanos));
  }

  /** How many a full bucket admits. */
  private int full(long millis) {
    int count = 0;
    while (low(millis)) {
      count++;
    }
    return count;
  }
}
