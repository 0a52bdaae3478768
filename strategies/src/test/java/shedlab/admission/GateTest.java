package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Scripted.FragileBacklog;
import shedlab.admission.Scripted.ScriptedLimit;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.backlog.PriorityBacklog;
import shedlab.limit.FixedLimit;

class GateTest {
  private static final String QUEUE = "fixed:limit=1+fifo:capacity=2,timeout=100ns";

  private final List<Throwable> uncaught = new ArrayList<>();
  private Thread.@Nullable UncaughtExceptionHandler handlerBefore;
  private Scene scene = new Scene("fixed:limit=2");

  @BeforeEach
  void collectUncaughtExceptions() {
    handlerBefore = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
  }

  @AfterEach
  void everythingIsConserved() {
    Thread.currentThread().setUncaughtExceptionHandler(handlerBefore);
    scene.assertConserved();
  }

  @Nested
  class Arriving {
    @Test
    void admitsUpToTheLimit() {
      scene.enter("a");
      scene.enter("b");
      scene.enter("c");

      assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c LIMIT");
      assertThat(scene.inflight()).isEqualTo(2);
    }

    @Test
    void shedsWithReasonLimitWithoutABacklog() {
      scene.enter("a");
      scene.enter("b");

      assertThat(scene.enter("c").decisions()).containsExactly("LIMIT");
      assertThat(scene.gate.stats().shed()).containsEntry(Shed.LIMIT, 1L);
    }

    @Test
    void shedsTheNewestWhenTheBacklogIsFull() {
      scene = new Scene(QUEUE);
      for (String name : List.of("a", "b", "c", "d")) {
        scene.enter(name);
      }

      assertThat(scene.journal).containsExactly("a admitted", "d FULL");
      assertThat(scene.waiting()).isEqualTo(2);
    }

    @Test
    void takesWaitersAgainOnceThereIsRoom() {
      scene = new Scene(QUEUE);
      RecordingTicket a = scene.enter("a");
      scene.enter("b");
      scene.enter("c");
      scene.leave(a);
      scene.enter("d");

      assertThat(scene.journal).containsExactly("a admitted", "b admitted");
      assertThat(scene.waiting()).isEqualTo(2);
    }

    @Test
    void enteringTwiceThrows() {
      RecordingTicket a = scene.enter("a");

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> scene.gate.enter(a))
          .withMessageContaining("a");
      assertThat(scene.inflight()).isEqualTo(1);
    }

    @Test
    void enteringWhileWaitingThrows() {
      scene = new Scene(QUEUE);
      scene.enter("a");
      RecordingTicket b = scene.enter("b");

      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> scene.gate.enter(b));
      assertThat(scene.waiting()).isEqualTo(1);
    }

    @Test
    void enteringAnotherGateThrows() {
      Scene other = new Scene("none");
      RecordingTicket a = scene.enter("a");
      scene.leave(a);

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> other.gate.enter(a))
          .withMessageContaining("gate");
      assertThat(other.inflight()).isZero();
    }

    @Test
    void aSettledTicketMayEnterAgain() {
      RecordingTicket a = scene.enter("a");
      assertThat(a.settled()).isFalse();
      scene.leave(a);
      assertThat(a.settled()).isTrue();
      scene.enter(a);
      scene.enter("b");
      RecordingTicket c = scene.enter("c");
      scene.leave(a);
      scene.enter(c);

      assertThat(a.decisions()).containsExactly("admitted", "admitted");
      assertThat(c.decisions()).containsExactly("LIMIT", "admitted");
    }

    @Test
    void theControlAdmitsEverybody() {
      scene = new Scene("none");
      for (int i = 0; i < 1_000; i++) {
        scene.enter("t" + i);
      }

      assertThat(scene.inflight()).isEqualTo(1_000);
      assertThat(scene.limit()).isEqualTo(Limit.MAX);
    }
  }

  @Nested
  class Leaving {
    @Test
    void admitsTheOldestWaiterFirst() {
      scene = new Scene(QUEUE);
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.enter("b");
      scene.enter("c");
      scene.leave(a);
      scene.leave(b);

      assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c admitted");
    }

    @Test
    void nobodyOvertakesAWaiter() {
      scene = new Scene("fixed:limit=1+fifo:capacity=9");
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.ticket("b").whenAdmitted(() -> scene.enter("late"));
      scene.enter(b);
      scene.enter("c");
      scene.leave(a);
      scene.leave(b);

      assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c admitted");
      assertThat(scene.waiting()).isEqualTo(1);
    }

    /** "early" is only posted when "late" comes, as the thread that admits b is still busy. */
    @Test
    void nobodyOvertakesAnArrivalThatIsStillPosted() {
      scene = new Scene("fixed:limit=1+fifo:capacity=9");
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.ticket("b");
      b.whenAdmitted(
          () -> {
            scene.enter("early");
            scene.leave(b);
            scene.enter("late");
          });
      scene.enter(b);
      scene.leave(a);

      assertThat(scene.journal).containsExactly("a admitted", "b admitted", "early admitted");
      assertThat(scene.waiting()).isEqualTo(1);
    }

    /** The queue is full until b's leave, which is posted before "late", has let c in. */
    @Test
    void aPostedLeaveMakesRoomForTheArrivalAfterIt() {
      scene = new Scene("fixed:limit=1+fifo:capacity=1");
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.ticket("b");
      b.whenAdmitted(
          () -> {
            scene.enter("c");
            scene.leave(b);
            scene.enter("late");
          });
      scene.enter(b);
      scene.leave(a);

      assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c admitted");
      assertThat(scene.waiting()).isEqualTo(1);
    }

    @Test
    void admitsTwoWaitersWhenTheLimitGrowsByTwo() {
      ScriptedLimit limit = new ScriptedLimit(2);
      scene = new Scene(limit, new FifoBacklog(9, 100));
      RecordingTicket a = scene.enter("a");
      scene.enter("b");
      scene.enter("c");
      scene.enter("d");
      scene.enter("e");
      scene.enter("f");
      limit.value = 4;
      scene.leave(a);

      assertThat(scene.journal)
          .containsExactly("a admitted", "b admitted", "c admitted", "d admitted", "e admitted");
      assertThat(scene.waiting()).isEqualTo(1);
    }

    @Test
    void aShrinkingLimitAdmitsNobodyUntilInFlightIsBelowIt() {
      ScriptedLimit limit = new ScriptedLimit(3);
      scene = new Scene(limit, new FifoBacklog(9, 100));
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.enter("b");
      RecordingTicket c = scene.enter("c");
      scene.enter("d");
      limit.value = 1;
      scene.leave(a);
      scene.leave(b);

      assertThat(scene.waiting()).isEqualTo(1);
      assertThat(scene.inflight()).isEqualTo(1);
      scene.leave(c);
      assertThat(scene.journal)
          .containsExactly("a admitted", "b admitted", "c admitted", "d admitted");
    }

    @Test
    void aSecondLeaveThrowsAndChangesNothing() {
      RecordingTicket a = scene.enter("a");
      scene.enter("b");
      scene.leave(a);

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> scene.gate.leave(a, Outcome.DROPPED))
          .withMessageContaining("a");
      assertThat(scene.inflight()).isEqualTo(1);
      assertThat(a.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void leaveWithoutPermitThrows() {
      scene = new Scene(QUEUE);
      RecordingTicket never = scene.ticket("never");
      scene.enter("a");
      RecordingTicket waits = scene.enter("waits");
      scene.enter("c");
      RecordingTicket shed = scene.enter("shed");

      for (RecordingTicket ticket : List.of(never, waits, shed)) {
        assertThatExceptionOfType(IllegalStateException.class)
            .isThrownBy(() -> scene.gate.leave(ticket, Outcome.SUCCESS));
      }
      assertThat(scene.inflight()).isEqualTo(1);
      assertThat(scene.waiting()).isEqualTo(2);
    }

    @Test
    void leavingAnotherGateThrowsAndChangesNothing() {
      Scene other = new Scene(QUEUE);
      RecordingTicket a = scene.enter("a");

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> other.gate.leave(a, Outcome.SUCCESS));
      assertThat(other.gate.stats()).isEqualTo(new Scene(QUEUE).gate.stats());
      scene.leave(a);
      assertThat(scene.inflight()).isZero();
    }

    @Test
    void ignoredTeachesNothing() {
      ScriptedLimit limit = new ScriptedLimit(2);
      scene = new Scene(limit, new NoBacklog());
      RecordingTicket a = scene.enter("a");
      limit.value = 7;
      scene.gate.leave(a, Outcome.IGNORED);

      assertThat(limit.asked).isZero();
      assertThat(scene.limit()).isEqualTo(2);
      assertThat(scene.inflight()).isZero();
      assertThat(a.settled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, Limit.MAX + 1, Integer.MAX_VALUE})
    void aLimitOutOfBoundsIsPulledIn(int wrong) {
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
    void tellsTheLimitWhatHappened() {
      List<String> seen = new ArrayList<>();
      Limit limit =
          new Limit() {
            @Override
            public int initial() {
              return 1;
            }

            @Override
            public int next(int limit, Sample s) {
              seen.add(
                  "limit %d waited %d elapsed %d inflight %d %s"
                      .formatted(
                          limit, s.waitedNanos(), s.elapsedNanos(), s.inflight(), s.outcome()));
              return limit + 1;
            }
          };
      scene = new Scene(limit, new FifoBacklog(9, 100));
      RecordingTicket a = scene.enter("a");
      scene.clock.advance(5);
      RecordingTicket b = scene.enter("b");
      scene.clock.advance(7);
      scene.gate.leave(a, Outcome.DROPPED);
      scene.clock.advance(11);
      scene.leave(b);

      assertThat(seen)
          .containsExactly(
              "limit 1 waited 0 elapsed 12 inflight 1 DROPPED",
              "limit 2 waited 7 elapsed 11 inflight 1 SUCCESS");
    }
  }

  @Nested
  class Waiting {
    @BeforeEach
    void oneServesTwoWait() {
      scene = new Scene(QUEUE);
    }

    @Test
    void expiresWithoutAnyCompletion() {
      scene.enter("a");
      scene.enter("b");
      scene.clock.advance(60);
      scene.enter("c");
      scene.clock.advance(39);
      scene.gate.tick();
      assertThat(scene.waiting()).isEqualTo(2);

      scene.clock.advance(1);
      scene.gate.tick();
      assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED");

      scene.clock.advance(1_000);
      scene.gate.tick();
      assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED", "c EXPIRED");
      assertThat(scene.gate.stats().shed()).containsEntry(Shed.EXPIRED, 2L);
    }

    @Test
    void aLeaveExpiresTheLateBeforeItAdmitsTheNext() {
      RecordingTicket a = scene.enter("a");
      scene.enter("b");
      scene.clock.advance(60);
      scene.enter("c");
      scene.clock.advance(40);
      scene.leave(a);

      assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED", "c admitted");
    }

    @Test
    void aTickWhileNobodyWaitsDoesNothing() {
      scene.enter("a");
      scene.gate.tick();

      assertThat(scene.journal).containsExactly("a admitted");
    }

    /** The tick comes while the gate is busy with c's callback; its time must not be lost. */
    @Test
    void aTickFromACallbackExpiresWhatIsDueThen() {
      RecordingTicket a = scene.enter("a");
      scene.enter(
          scene
              .ticket("b")
              .whenAdmitted(
                  () -> {
                    scene.clock.advance(100);
                    scene.gate.tick();
                  }));
      scene.enter("c");
      scene.leave(a);

      assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c EXPIRED");
    }

    @Test
    void abandoningWhileWaitingSheds() {
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.enter("b");
      b.abandon();
      b.abandon();

      assertThat(b.decisions()).containsExactly("ABANDONED");
      assertThat(b.settled()).isTrue();
      scene.leave(a);
      assertThat(scene.inflight()).isZero();
    }

    @Test
    void abandoningMakesRoom() {
      scene.enter("a");
      RecordingTicket b = scene.enter("b");
      scene.enter("c");
      b.abandon();
      scene.enter("d");

      assertThat(scene.journal).containsExactly("a admitted", "b ABANDONED");
      assertThat(scene.waiting()).isEqualTo(2);
    }

    @Test
    void abandoningAfterAdmissionChangesNothing() {
      RecordingTicket a = scene.enter("a");
      a.abandon();

      assertThat(a.decisions()).containsExactly("admitted");
      assertThat(scene.inflight()).isEqualTo(1);
      scene.leave(a);
      a.abandon();
      assertThat(scene.inflight()).isZero();
    }

    @Test
    void abandoningAfterShedChangesNothing() {
      for (String name : List.of("a", "b", "c")) {
        scene.enter(name);
      }
      RecordingTicket d = scene.enter("d");
      d.abandon();

      assertThat(d.decisions()).containsExactly("FULL");
    }

    @Test
    void abandoningATicketThatNeverEnteredChangesNothing() {
      RecordingTicket never = scene.ticket("never");
      never.abandon();
      scene.enter(never);

      assertThat(never.decisions()).containsExactly("admitted");
    }

    /** b's arrival is only posted when it is abandoned: the gate is busy with a's callback. */
    @Test
    void abandoningBeforeTheArrivalIsWorkedOffSheds() {
      RecordingTicket first = scene.enter("first");
      RecordingTicket a = scene.ticket("a").whenAdmitted(() -> scene.enter("b").abandon());
      scene.enter(a);
      scene.leave(first);

      assertThat(scene.journal).containsExactly("first admitted", "a admitted", "b ABANDONED");
      assertThat(scene.waiting()).isZero();
    }

    /** The permit is there for c, but its client has left while the gate was busy with b. */
    @Test
    void whoHasAbandonedIsNotAdmittedAnyMore() {
      ScriptedLimit limit = new ScriptedLimit(1);
      scene = new Scene(limit, new FifoBacklog(2, 100));
      RecordingTicket a = scene.enter("a");
      RecordingTicket c = scene.ticket("c");
      scene.enter(scene.ticket("b").whenAdmitted(c::abandon));
      scene.enter(c);
      limit.value = 2;
      scene.leave(a);

      assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c ABANDONED");
      assertThat(scene.inflight()).isEqualTo(1);
    }

    /** x's callback abandons t (posted, as the gate is busy); before that is read t has expired. */
    @Test
    void anAbandonmentDoesNotOutliveItsVisit() {
      RecordingTicket a = scene.enter("a");
      RecordingTicket t = scene.ticket("t");
      scene.enter(scene.ticket("x").whenShed(t::abandon));
      scene.enter(t.whenShed(() -> scene.enter(t)));
      scene.clock.advance(100);
      scene.gate.tick();
      assertThat(t.decisions()).containsExactly("EXPIRED");
      scene.leave(a);

      assertThat(t.decisions()).containsExactly("EXPIRED", "admitted");
    }
  }

  @Nested
  class Policing {
    private final List<String> asked = new ArrayList<>();

    /** Says yes to all but those named. */
    private final class Doorman implements Policer {
      private final String name;
      private final List<String> unwanted;
      private boolean throwing;
      private boolean learning = true;

      Doorman(String name, String... unwanted) {
        this.name = name;
        this.unwanted = List.of(unwanted);
      }

      private boolean wants(String what, Ticket ticket) {
        asked.add(name + " " + what + " " + ticket);
        if (throwing) {
          throw new IllegalStateException(name);
        }
        return !unwanted.contains(what + " " + ticket);
      }

      @Override
      public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
        return wants("admits", ticket);
      }

      @Override
      public boolean keeps(Ticket waiter, long nowNanos) {
        return wants("keeps", waiter);
      }

      @Override
      public void completed(Ticket ticket) {
        wants("completed", ticket);
      }

      @Override
      public boolean learns() {
        return learning;
      }
    }

    @Test
    void theFirstNoDecides() {
      scene =
          new Scene(
              new FixedLimit(9), new NoBacklog(), new Doorman("p", "admits b"), new Doorman("q"));
      scene.enter("a");
      scene.enter("b");

      assertThat(scene.journal).containsExactly("a admitted", "b POLICED");
      assertThat(asked).containsExactly("p admits a", "q admits a", "p admits b");
    }

    /** The word of a gate without policers would say "full", and nobody would be asked. */
    @Test
    void seesEveryArrivalAlsoWhenThereIsNoRoom() {
      scene = new Scene(new FixedLimit(1), new NoBacklog(), new Doorman("p"));
      scene.enter("a");
      scene.enter("b");
      scene.enter("c");

      assertThat(scene.journal).containsExactly("a admitted", "b LIMIT", "c LIMIT");
      assertThat(asked).containsExactly("p admits a", "p admits b", "p admits c");
    }

    @Test
    void whoHasGoneBeforeTheArrivalIsWorkedOffIsNotAskedFor() {
      scene = new Scene(new FixedLimit(1), new NoBacklog(), new Doorman("p", "admits b"));
      scene.enter(scene.ticket("a").whenAdmitted(() -> scene.enter("b").abandon()));

      assertThat(scene.journal).containsExactly("a admitted", "b ABANDONED");
      assertThat(asked).containsExactly("p admits a");
    }

    @Test
    void aWaiterThatIsNotKeptMakesWayForTheNext() {
      scene = new Scene(new FixedLimit(1), new FifoBacklog(9, 100), new Doorman("p", "keeps b"));
      RecordingTicket a = scene.enter("a");
      scene.enter("b");
      scene.enter("c");
      scene.leave(a);

      assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED", "c admitted");
    }

    @Test
    void learnsFromWhatCompletedUnlessItIsIgnored() {
      scene = new Scene(new FixedLimit(9), new NoBacklog(), new Doorman("p"));
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.enter("b");
      asked.clear();
      scene.leave(a);
      scene.gate.leave(b, Outcome.IGNORED);

      assertThat(asked).containsExactly("p completed a");
      assertThat(scene.inflight()).isZero();
    }

    @Test
    void oneThatDoesNotLearnIsNotTold() {
      Doorman doorman = new Doorman("p");
      doorman.learning = false;
      scene = new Scene(new ScriptedLimit(9), new NoBacklog(), doorman);
      RecordingTicket a = scene.enter("a");
      asked.clear();
      scene.leave(a);

      assertThat(asked).isEmpty();
    }

    @Test
    void aThrowingPolicerIsReportedAndStandsInNobodysWay() {
      Doorman doorman = new Doorman("p");
      doorman.throwing = true;
      ScriptedLimit limit = new ScriptedLimit(1);
      scene = new Scene(limit, new FifoBacklog(9, 100), doorman);
      RecordingTicket a = scene.enter("a");
      scene.enter("b");
      limit.value = 3;
      scene.leave(a);

      assertThat(scene.journal).containsExactly("a admitted", "b admitted");
      assertThat(scene.limit()).isEqualTo(3);
      assertThat(uncaught).hasSize(4); // two arrivals, one completion, one turn
    }

    @Test
    void seesTheGateAsItIs() {
      List<String> seen = new ArrayList<>();
      CpuClock cpu =
          new CpuClock() {
            @Override
            public long cpuNanos() {
              return 77;
            }

            @Override
            public int cpus() {
              return 3;
            }
          };
      Policer looking =
          (ticket, gate, now) -> {
            seen.add(
                "%d %d %d, %d on %d"
                    .formatted(
                        gate.inflight(),
                        gate.limit(),
                        gate.waiting(),
                        gate.cpuNanos(),
                        gate.cpus()));
            return true;
          };
      Gate gate =
          new Gate(List.of(looking), new FixedLimit(1), new FifoBacklog(9, 100), scene.clock, cpu);
      for (int i = 0; i < 3; i++) {
        gate.enter(new RecordingTicket("t", new ArrayList<>()));
      }

      assertThat(seen).containsExactly("0 1 0, 77 on 3", "1 1 0, 77 on 3", "1 1 1, 77 on 3");
    }
  }

  /** Its one place goes to the latest; w has it when the arrival of "gone" is worked off. */
  @Test
  void whoHasGoneBeforeTheArrivalIsWorkedOffDisplacesNobody() {
    scene = new Scene(new FixedLimit(1), new Scripted.LatestBacklog());
    RecordingTicket first = scene.enter("first");
    RecordingTicket busy = scene.ticket("busy");
    busy.whenAdmitted(
        () -> {
          scene.enter("w");
          scene.enter("gone").abandon();
        });
    scene.enter(busy);
    scene.leave(first);

    assertThat(scene.journal).containsExactly("first admitted", "busy admitted", "gone ABANDONED");
    assertThat(scene.waiting()).isEqualTo(1);
  }

  @Test
  void whoIsDisplacedIsShedAsFull() {
    scene = new Scene(new FixedLimit(1), new Scripted.LatestBacklog());
    RecordingTicket a = scene.enter("a");
    scene.enter("b");
    scene.enter("c");
    scene.leave(a);

    assertThat(scene.journal).containsExactly("a admitted", "b FULL", "c admitted");
  }

  /** What only shows when several things come together. */
  @Nested
  class Together {
    @Test
    void nobodyOvertakesAWaiterThatIsAboutToBeAdmitted() {
      ScriptedLimit limit = new ScriptedLimit(1);
      scene = new Scene(limit, new FifoBacklog(9, 100));
      RecordingTicket a = scene.enter("a");
      scene.enter(scene.ticket("b").whenAdmitted(() -> scene.enter("late")));
      scene.enter("c");
      limit.value = 3;
      scene.leave(a);

      assertThat(scene.journal)
          .containsExactly("a admitted", "b admitted", "c admitted", "late admitted");
    }

    @Test
    void nobodyOvertakesAWaiterWhoseTurnFailed() {
      FragileBacklog backlog = new FragileBacklog(new FifoBacklog(9, 100));
      scene = new Scene(new FixedLimit(1), backlog);
      RecordingTicket a = scene.enter("a");
      scene.enter("b");
      backlog.broken = "poll";
      scene.leave(a);
      backlog.broken = "";
      scene.enter("late");

      assertThat(scene.journal).containsExactly("a admitted", "b admitted");
      assertThat(uncaught).isNotEmpty();
    }

    @Test
    void aFullBacklogIsNotAsked() {
      FragileBacklog backlog = new FragileBacklog(new FifoBacklog(1, 100));
      scene = new Scene(new FixedLimit(1), backlog);
      scene.enter("a");
      scene.enter("b");
      backlog.broken = "offer";

      assertThat(scene.enter("c").decisions()).containsExactly("FULL");
      assertThat(uncaught).isEmpty();
    }

    @Test
    void aPolicedArrivalTakesThePlaceOfOneThatIsLate() {
      Policer yes = (ticket, gate, now) -> true;
      scene = new Scene(new FixedLimit(1), new FifoBacklog(1, 100), yes);
      scene.enter("a");
      scene.enter("b");
      scene.clock.advance(100);
      scene.enter("c");

      assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED");
      assertThat(scene.waiting()).isEqualTo(1);
    }

    @Test
    void policiesNeverSeeTimeGoBack() {
      List<Long> told = new ArrayList<>();
      Policer listening = (ticket, gate, now) -> told.add(now);
      scene = new Scene(new FixedLimit(9), new NoBacklog(), listening);
      long start = scene.clock.nanos();
      scene.enter("a");
      scene.clock.advance(-50);
      scene.enter("b");
      scene.clock.advance(60);
      scene.enter("c");

      assertThat(told).containsExactly(start, start, start + 10);
    }

    @Test
    void aTicketThatTaughtIsSettled() {
      scene = new Scene(new ScriptedLimit(1), new NoBacklog());
      RecordingTicket a = scene.enter("a");
      scene.leave(a);

      assertThat(a.settled()).isTrue();
    }

    /** b is posted already when it is abandoned: it must not be posted a second time. */
    @Test
    void aSecondCallOfAPostedTicketLosesNobodyInTheInbox() {
      scene = new Scene("fixed:limit=1+fifo:capacity=9");
      RecordingTicket first = scene.enter("first");
      RecordingTicket busy = scene.ticket("busy");
      busy.whenAdmitted(
          () -> {
            scene.enter("d");
            RecordingTicket b = scene.enter("b");
            scene.enter("c");
            b.abandon();
            scene.leave(busy);
          });
      scene.enter(busy);
      scene.leave(first);

      assertThat(scene.journal)
          .containsExactly("first admitted", "busy admitted", "b ABANDONED", "d admitted");
      assertThat(scene.waiting()).isEqualTo(1);
    }

    @Test
    void serviceCountsFromTheStartThatTheHostTells() {
      scene = new Scene("fixed:limit=1+fifo:capacity=1");
      RecordingTicket a = scene.enter("a");
      scene.clock.advance(5);
      RecordingTicket b = scene.enter("b");
      scene.gate.start(a);
      scene.clock.advance(7);
      scene.leave(a);
      scene.clock.advance(11);
      scene.leave(b); // never told to start

      assertThat(List.of(a.elapsedNanos(), a.serviceNanos())).containsExactly(12L, 7L);
      assertThat(List.of(b.waitedNanos(), b.elapsedNanos(), b.serviceNanos()))
          .containsExactly(7L, 11L, 11L);
    }
  }

  @Nested
  class CallingBack {
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

    @Test
    void aThrowingOnAdmittedGivesItsPermitBack() {
      RuntimeException bug = new IllegalArgumentException("bug");
      scene.enter(scene.ticket("a").whenAdmitted(() -> fail(bug)));

      assertThat(uncaught).containsExactly(bug);
      assertThat(scene.inflight()).isZero();
    }

    /** It has completed, when it threw: not at the end of an earlier visit. */
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
    void aWaiterWhoseOnAdmittedThrowsHandsItsPermitOn() {
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
    void aFailedAdmissionTeachesNothing() {
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
  }

  @Nested
  class BrokenPolicies {
    private final FragileBacklog backlog = new FragileBacklog(new FifoBacklog(2, 100));

    @Test
    void aThrowingLimitKeepsTheOldLimitAndReturnsThePermit() {
      ScriptedLimit limit = new ScriptedLimit(2);
      limit.failure = new IllegalStateException("limit");
      scene = new Scene(limit, new NoBacklog());
      scene.leave(scene.enter("a"));

      assertThat(uncaught).containsExactly(limit.failure);
      assertThat(scene.inflight()).isZero();
      assertThat(scene.limit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offer", "evict", "remove", "full"})
    void aThrowingBacklogLosesNobodyAndDoesNotKillTheGate(String method) {
      scene = new Scene(new FixedLimit(1), backlog);
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.enter("b");
      backlog.broken = method;
      RecordingTicket c = scene.enter("c");
      c.abandon();
      b.abandon();
      scene.gate.tick();
      backlog.broken = "";
      scene.leave(a);
      scene.gate.tick();

      assertThat(uncaught).isNotEmpty().allMatch(e -> method.equals(e.getMessage()));
      assertThat(a.decisions()).containsExactly("admitted");
      assertThat(b.decisions()).containsExactly("ABANDONED");
      assertThat(c.decisions()).hasSize(1);
      assertThat(scene.inflight()).isZero();
      RecordingTicket d = scene.enter("d");
      RecordingTicket e = scene.enter("e");
      scene.leave(d);
      scene.leave(e);
      assertThat(e.decisions()).containsExactly("admitted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evict", "poll", "full"})
    void aBacklogThatThrowsWhileServingStillLosesNobody(String method) {
      scene = new Scene(new FixedLimit(1), backlog);
      RecordingTicket a = scene.enter("a");
      RecordingTicket b = scene.enter("b");
      backlog.broken = method;
      scene.leave(a);
      backlog.broken = "";
      scene.gate.tick();

      assertThat(uncaught).isNotEmpty();
      assertThat(b.decisions()).containsExactly("admitted");
      scene.leave(b);
      assertThat(scene.inflight()).isZero();
    }

    /** One more waiter than the word can count must not spill into its neighbours. */
    @Test
    void aBoundlessBacklogIsBoundByTheWord() {
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

    @Test
    void aDisplacedWaiterIsShedAsFullAndTheNewcomerWaits() {
      Scene here = new Scene(new FixedLimit(1), new PriorityBacklog(1, 1_000));
      RecordingTicket first = here.enter("first");
      RecordingTicket relaxed = here.enter(here.ticket("relaxed").urgency(6));
      RecordingTicket urgent = here.enter(here.ticket("urgent").urgency(1));

      assertThat(relaxed.decisions()).containsExactly("FULL");
      assertThat(urgent.decisions()).isEmpty();
      assertThat(here.waiting()).isEqualTo(1);
      here.leave(first);
      assertThat(urgent.decisions()).containsExactly("admitted");
      here.leave(urgent);
      here.assertConserved();
    }

    @Test
    void inFlightAtItsMostDoesNotSpill() {
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
  }

  @Test
  void statsListTheReasonsInOrder() {
    assertThat(scene.gate.stats().shed().keySet()).containsExactly(Shed.values());
  }

  private static void fail(RuntimeException bug) {
    throw bug;
  }

  private static void fail(Error bug) {
    throw bug;
  }

  private static final class Silent extends Ticket {
    @Override
    protected void onAdmitted() {}

    @Override
    protected void onShed(Shed reason) {}
  }
}
