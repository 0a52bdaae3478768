package shedlab.servers.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Admission;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.servers.NewerJdk;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/** Helidon's limits beside ours and Netflix', on a JDK that runs them. */
final class HelidonLimitsTest {
  private static final Strategies STRATEGIES = Strategies.installed();

  private long now;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "helidon-fixed:limit=7 | fixed:limit=7",
        "helidon-aimd | aimd",
        "helidon-aimd | netflix-aimd",
        "helidon-aimd:min=1,max=30,ratio=0.7,timeout=20ms | aimd:min=1,max=30,ratio=0.7,timeout=20ms",
      })
  void decideAndLearnStepForStepAsOthersDo(String theirs, String others) {
    NewerJdk.needed(theirs + " beside " + others, "this JDK is too old for Helidon");
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Admission one = STRATEGIES.parse(theirs).admission(() -> now);
      Admission other = STRATEGIES.parse(others).admission(() -> now);
      List<Pair> inflight = new ArrayList<>();
      for (int step = 0; step < 2_000; step++) {
        now += random.nextInt(1_000_000);
        if (inflight.isEmpty() || random.nextInt(9) < 5) {
          Pair pair = new Pair();
          one.enter(pair.left);
          other.enter(pair.right);
          assertThat(pair.left.admitted)
              .as("seed %d, step %d", seed, step)
              .isEqualTo(pair.right.admitted);
          if (pair.left.admitted) {
            inflight.add(pair);
          }
        } else {
          Pair pair = inflight.remove(random.nextInt(inflight.size()));
          Outcome outcome = random.nextInt(20) == 0 ? Outcome.IGNORED : Outcome.SUCCESS;
          one.leave(pair.left, outcome);
          other.leave(pair.right, outcome);
        }
        assertThat(one.limit()).as("seed %d, step %d", seed, step).isEqualTo(other.limit());
      }
    }
  }

  /** A fault of the original: what was dropped counts as in flight for ever. */
  @Test
  void afterDropsItGrowsAlthoughItIsIdle() {
    NewerJdk.needed("what helidon-aimd thinks of drops", "this JDK is too old for Helidon");
    Admission theirs = STRATEGIES.parse("helidon-aimd:initial=4,min=4").admission(() -> now);
    Admission ours = STRATEGIES.parse("aimd:initial=4,min=4").admission(() -> now);
    for (Admission gate : List.of(theirs, ours)) {
      for (int i = 0; i < 4; i++) {
        serve(gate, Outcome.DROPPED);
      }
      assertThat(gate.limit()).isEqualTo(4);
      serve(gate, Outcome.SUCCESS);
    }
    assertThat(ours.limit()).as("one of four is not half").isEqualTo(4);
    assertThat(theirs.limit()).isEqualTo(5);
  }

  private static void serve(Admission gate, Outcome outcome) {
    Visitor visitor = new Visitor();
    gate.enter(visitor);
    assertThat(visitor.admitted).isTrue();
    gate.leave(visitor, outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"helidon-fixed:limit=4", "helidon-aimd"})
  void anOlderJdkIsToldInOneLine(String limit) {
    if (!NewerJdk.isHere()) {
      assertThatExceptionOfType(SpecException.class)
          .isThrownBy(() -> STRATEGIES.parse(limit))
          .withMessage(
              "strategy: %s (expected: JDK 21 or later, this is %d)",
              limit.replaceAll(":.*", ""), Runtime.version().feature());
    }
  }

  @Test
  void tunedForADeadline() {
    NewerJdk.needed("helidon-aimd tuned", "this JDK is too old for Helidon");
    assertThat(STRATEGIES.parse("helidon-aimd:profile=tuned,deadline=100ms,workers=4"))
        .hasToString("helidon-aimd:initial=4,min=1,max=64,ratio=0.9,timeout=50ms");
  }

  private static final class Pair {
    private final Visitor left = new Visitor();
    private final Visitor right = new Visitor();
  }

  private static final class Visitor extends Ticket {
    private boolean admitted;

    @Override
    protected void onAdmitted() {
      admitted = true;
    }

    @Override
    protected void onShed(Shed reason) {}
  }
}
