package shedlab.servers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Admission;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.strategy.Strategies;

/** Gates that replace each other, and what is left of them. */
final class ResettableGateTest {
  private static final int RESETS = 1_000;

  private final List<WeakReference<Admission>> made = new ArrayList<>();
  private final ResettableGate gate =
      new ResettableGate(this::fresh, this::fresh, text -> this::fresh);

  private Admission fresh() {
    Admission fresh = Strategies.installed().parse("fixed:limit=1").admission(NanoClock.SYSTEM);
    made.add(new WeakReference<>(fresh));
    return fresh;
  }

  @Test
  void keepsTheTotalsOfAllGatesAndAtMostTwoOfThem() {
    for (int i = 0; i < RESETS; i++) {
      Visitor first = new Visitor();
      Admission entered = gate.get();
      entered.enter(first);
      entered.enter(new Visitor());
      entered.leave(first, Outcome.SUCCESS);
      gate.replace(this::fresh);
    }
    assertThat(gate.stats().admitted()).isEqualTo(RESETS);
    assertThat(gate.stats().shed()).containsEntry(Shed.LIMIT, (long) RESETS);
    await()
        .until(
            () -> {
              System.gc();
              return made.stream().filter(gate -> gate.get() != null).count() <= 2;
            });
  }

  @Test
  void countsACallThatTookAGateBeforeItWasReplaced() {
    Admission taken = gate.get();
    gate.replace(this::fresh);
    Visitor late = new Visitor();
    taken.enter(late);
    assertThat(gate.stats().inflight()).isEqualTo(1);
    taken.leave(late, Outcome.SUCCESS);
    gate.replace(this::fresh);
    gate.replace(this::fresh);
    assertThat(gate.stats().inflight()).isZero();
    assertThat(gate.stats().admitted()).isEqualTo(1);
  }

  private static final class Visitor extends Ticket {
    @Override
    protected void onAdmitted() {}

    @Override
    protected void onShed(Shed reason) {}
  }
}
