package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Scripted.ScriptedLimit;
import shedlab.backlog.NoBacklog;

/** Callbacks may call the gate again and again, and may throw. */
class GateCallbackTest extends ConservedScene {
  @Test
  void leavingFromTheCallbackOfAHundredThousandWaitersDoesNotRecurse() {
    int many = 100_000;
    scene = new Scene("fixed:limit=1+fifo:capacity=100000");
    RecordingTicket first = scene.enter("first");
    for (int i = 0; i < many; i++) {
      RecordingTicket ticket = scene.ticket("t" + i);
      scene.enter(ticket.whenAdmitted(() -> scene.leave(ticket)));
    }
    assertThat(scene.waiting()).isEqualTo(many);
    scene.leave(first);

    assertThat(scene.gate.stats().admitted()).isEqualTo(many + 1);
    assertThat(scene.inflight()).isZero();
  }

  @Test
  void enteringFromCallbacksOfAHundredThousandWaitersDoesNotRecurse() {
    scene = new Scene("fixed:limit=1+fifo:capacity=2,timeout=100ns");
    RecordingTicket first = scene.enter("first");
    Deque<RecordingTicket> next = new ArrayDeque<>();
    for (int i = 0; i < 100_000; i++) {
      RecordingTicket ticket = scene.ticket("t" + i);
      next.add(ticket);
      ticket.whenAdmitted(
          () -> {
            if (!next.isEmpty()) {
              scene.enter(next.remove());
            }
            scene.leave(ticket);
          });
    }
    scene.enter(next.remove());
    scene.leave(first);

    assertThat(next).isEmpty();
    assertThat(scene.inflight()).isZero();
  }

  /** Refused at once because it is full, by the backlog, by a policer, or after it has waited. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed:limit=1",
        "fixed:limit=1+fifo:capacity=1,timeout=1min",
        "fixed:limit=1+edf:capacity=1,timeout=1min",
        "reject-all+fixed:limit=2",
        "aimd:initial=1,min=1,max=1"
      })
  void enteringAgainFromOnShedAHundredThousandTimesDoesNotRecurse(String strategy) {
    scene = new Scene(strategy);
    scene.enter("first");
    scene.enter("second"); // waits, if it may
    entersAgain(scene.ticket("again"), 100_000);

    assertThat(uncaught).isEmpty();
    assertThat(scene.gate.stats().shedTotal()).isGreaterThanOrEqualTo(100_001);
  }

  @Test
  void enteringAgainFromACallbackOfTheDrainerDoesNotRecurse() {
    scene = new Scene("fixed:limit=1+fifo:capacity=1,timeout=1min");
    RecordingTicket first = scene.enter("first");
    RecordingTicket again = scene.ticket("again");
    scene.enter(
        scene
            .ticket("second")
            .whenAdmitted(
                () -> {
                  scene.enter("third"); // waits: it is full again
                  entersAgain(again, 100_000);
                }));
    scene.leave(first);

    assertThat(uncaught).isEmpty();
    assertThat(again.decisions()).hasSize(100_001).allMatch("FULL"::equals);
  }

  /** A chain of tickets, each of which has the next one enter when it is told. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHundredThousandNewTicketsThatEnterFromEachOthersCallbacksDoNotRecurse(boolean admitted) {
    scene = new Scene("fixed:limit=1");
    if (!admitted) {
      scene.enter("first");
    }
    Deque<RecordingTicket> next = new ArrayDeque<>();
    for (int i = 0; i < 100_000; i++) {
      RecordingTicket ticket = scene.ticket("t" + i);
      next.add(
          ticket
              .whenAdmitted(
                  () -> {
                    scene.leave(ticket);
                    enterFirstOf(next);
                  })
              .whenShed(() -> enterFirstOf(next)));
    }
    enterFirstOf(next);

    assertThat(uncaught).isEmpty();
    assertThat(next).isEmpty();
    assertThat(scene.inflight()).isEqualTo(admitted ? 0 : 1);
  }

  @Test
  void twoGatesWhoseCallbacksEnterEachOtherDoNotRecurse() {
    Scene other = new Scene("fixed:limit=1");
    scene = new Scene("fixed:limit=1");
    scene.enter("holds");
    other.enter("holds");
    int[] left = {100_000};
    RecordingTicket here = scene.ticket("here");
    RecordingTicket there = other.ticket("there");
    here.whenShed(() -> enterWhile(left, other, there));
    there.whenShed(() -> enterWhile(left, scene, here));
    scene.enter(here);

    assertThat(uncaught).isEmpty();
    assertThat(left[0]).isZero();
    other.assertConserved();
  }

  /** It enters until it is admitted, on the very thread that has to process who leaves. */
  @Test
  void aTicketThatNeverGivesUpDoesNotHoldUpWhoLeaves() throws InterruptedException {
    scene = new Scene("aimd:initial=1,min=1,max=1");
    RecordingTicket first = scene.enter("first");
    RecordingTicket again = scene.ticket("again");
    CountDownLatch tried = new CountDownLatch(1_000);
    again.whenShed(
        () -> {
          tried.countDown();
          scene.enter(again);
        });
    Thread enters = new Thread(() -> scene.enter(again));
    enters.setDaemon(true);
    enters.start();
    tried.await();
    scene.leave(first);
    enters.join();

    assertThat(again.decisions()).endsWith("admitted").hasSizeGreaterThan(1_000);
  }

  private void entersAgain(RecordingTicket ticket, int times) {
    int[] left = {times};
    ticket.whenShed(() -> enterWhile(left, scene, ticket));
    scene.enter(ticket);
  }

  private static void enterWhile(int[] left, Scene at, RecordingTicket ticket) {
    if (left[0] > 0) {
      left[0]--;
      at.enter(ticket);
    }
  }

  private void enterFirstOf(Deque<RecordingTicket> waiting) {
    if (!waiting.isEmpty()) {
      scene.enter(waiting.remove());
    }
  }

  @Test
  void aThrowingOnAdmittedGivesItsPermitBack() {
    RuntimeException bug = new IllegalArgumentException("bug");
    scene.enter(scene.ticket("a").whenAdmitted(() -> fail(bug)));

    assertThat(uncaught).containsExactly(bug);
    assertThat(scene.inflight()).isZero();
  }

  /** Its completion time is when it threw, not the end of an earlier visit. */
  @Test
  void anAdmissionThatFailedEndsWhenItsCallbackThrew() {
    long began = scene.clock.nanos();
    RecordingTicket a =
        scene.enter(
            scene
                .ticket("a")
                .whenAdmitted(
                    () -> {
                      scene.clock.advance(7);
                      fail(new IllegalArgumentException("bug"));
                    }));

    assertThat(a.completedNanos() - began).isEqualTo(7);
    assertThat(a.elapsedNanos()).isEqualTo(7);
  }

  @Test
  void aWaiterWhoseOnAdmittedThrowsPassesItsPermitOn() {
    scene = new Scene(QUEUE);
    Error bug = new AssertionError("bug");
    RecordingTicket a = scene.enter("a");
    scene.enter(scene.ticket("b").whenAdmitted(() -> fail(bug)));
    scene.enter("c");
    scene.leave(a);

    assertThat(uncaught).containsExactly(bug);
    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c admitted");
  }

  @Test
  void aCallbackThatLeavesAndThenThrowsGivesOnePermitBack() {
    RuntimeException bug = new IllegalArgumentException("bug");
    scene.enter("other");
    RecordingTicket a = scene.ticket("a");
    scene.enter(
        a.whenAdmitted(
            () -> {
              scene.leave(a);
              fail(bug);
            }));

    assertThat(uncaught).containsExactly(bug);
    assertThat(scene.inflight()).isEqualTo(1);
  }

  @Test
  void theLimitLearnsNothingFromAFailedAdmission() {
    ScriptedLimit limit = new ScriptedLimit(2);
    scene = new Scene(limit, new NoBacklog());
    scene.enter(scene.ticket("a").whenAdmitted(() -> fail(new IllegalArgumentException())));

    assertThat(limit.asked).isZero();
    assertThat(scene.inflight()).isZero();
  }

  @Test
  void aThrowingOnShedIsReportedAndNothingElse() {
    scene = new Scene(QUEUE);
    RuntimeException bug = new IllegalArgumentException("bug");
    RecordingTicket a = scene.enter("a");
    scene.enter(scene.ticket("b").whenShed(() -> fail(bug)));
    scene.clock.advance(99);
    scene.enter("c");
    scene.enter(scene.ticket("d").whenShed(() -> fail(bug)));
    scene.clock.advance(1);
    scene.leave(a);

    assertThat(uncaught).containsExactly(bug, bug);
    assertThat(scene.journal).containsExactly("a admitted", "d FULL", "b EXPIRED", "c admitted");
  }

  @Test
  void aThrowingUncaughtExceptionHandlerIsIgnored() {
    Thread.currentThread()
        .setUncaughtExceptionHandler((thread, e) -> fail(new IllegalStateException(e)));
    scene.enter(scene.ticket("a").whenAdmitted(() -> fail(new IllegalArgumentException())));

    assertThat(scene.inflight()).isZero();
  }

  @Test
  void theCallbackSeesTheStateAfterItsDecision() {
    scene = new Scene(QUEUE);
    List<String> seen = new ArrayList<>();
    Runnable look =
        () -> seen.add(scene.inflight() + " in flight, " + scene.waiting() + " waiting");
    RecordingTicket a = scene.enter(scene.ticket("a").whenAdmitted(look));
    RecordingTicket b = scene.enter(scene.ticket("b").whenAdmitted(look));
    RecordingTicket c = scene.enter(scene.ticket("c").whenShed(look));
    c.abandon();
    scene.leave(a);
    scene.leave(b);

    assertThat(seen)
        .containsExactly(
            "1 in flight, 0 waiting", "1 in flight, 1 waiting", "1 in flight, 0 waiting");
  }

  private static void fail(RuntimeException bug) {
    throw bug;
  }

  private static void fail(Error bug) {
    throw bug;
  }
}
