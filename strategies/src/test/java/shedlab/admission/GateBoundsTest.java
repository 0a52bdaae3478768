package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Scripted.ScriptedLimit;
import shedlab.backlog.NoBacklog;
import shedlab.limit.FixedLimit;

/** No count in the gate's state word overflows into another. */
class GateBoundsTest extends ConservedScene {
  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, Limit.MAX + 1, Integer.MAX_VALUE})
  void aLimitOutOfBoundsIsCorrected(int wrong) {
    ScriptedLimit limit = new ScriptedLimit(wrong);
    scene = new Scene(limit, new NoBacklog());
    int pulledIn = wrong > 0 ? Limit.MAX : 1;

    assertThat(scene.limit()).isEqualTo(pulledIn);
    scene.leave(scene.enter("a"));
    assertThat(scene.limit()).isEqualTo(pulledIn);
    assertThat(scene.inflight()).isZero();
    assertThat(scene.waiting()).isZero();
  }

  @Test
  void theGreatestInFlightDoesNotOverflowItsBits() {
    Gate gate = new Gate(new FixedLimit(Limit.MAX), new NoBacklog(), scene.clock);
    List<String> journal = new ArrayList<>();
    for (int i = 0; i < Limit.MAX; i++) {
      gate.enter(new Silent());
    }
    RecordingTicket last = new RecordingTicket("one too many", journal);
    gate.enter(last);

    assertThat(journal).containsExactly("one too many LIMIT");
    assertThat(gate.stats().inflight()).isEqualTo(Limit.MAX);
    assertThat(gate.stats().limit()).isEqualTo(Limit.MAX);
    assertThat(gate.stats().waiting()).isZero();
  }

  /** One more waiting ticket than the word can count must not overflow into another count. */
  @Test
  void anUnboundedBacklogIsBoundedByTheStateWord() {
    Backlog boundless =
        new Backlog() {
          @Override
          public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
            return null;
          }

          @Override
          public @Nullable Ticket evict(long nowNanos) {
            return null;
          }

          @Override
          public @Nullable Ticket poll(long nowNanos) {
            return null;
          }

          @Override
          public boolean remove(Ticket ticket) {
            return false;
          }

          @Override
          public int size() {
            return 0;
          }

          @Override
          public boolean full() {
            return false;
          }
        };
    Gate gate = new Gate(new FixedLimit(1), boundless, scene.clock);
    List<String> journal = new ArrayList<>();
    gate.enter(new RecordingTicket("a", journal));
    for (int i = 0; i < Limit.MAX; i++) {
      gate.enter(new RecordingTicket("waits", List.of()));
    }
    gate.enter(new RecordingTicket("one too many", journal));

    assertThat(journal).containsExactly("a admitted", "one too many FULL");
    assertThat(gate.stats().waiting()).isEqualTo(Limit.MAX);
    assertThat(gate.stats().inflight()).isEqualTo(1);
  }

  private static final class Silent extends Ticket {
    @Override
    protected void onAdmitted() {}

    @Override
    protected void onShed(Shed reason) {}
  }
}
