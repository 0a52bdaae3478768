package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Scripted.ScriptedLimit;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.limit.FixedLimit;

/** Policers decide first and see every arrival. */
class GatePolicingTest extends ConservedScene {
  private final List<String> asked = new ArrayList<>();

  /** Admits all tickets except those named. */
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
  void theFirstRefusalDecides() {
    scene =
        new Scene(
            new FixedLimit(9), new NoBacklog(), new Doorman("p", "admits b"), new Doorman("q"));
    scene.enter("a");
    scene.enter("b");

    assertThat(scene.journal).containsExactly("a admitted", "b POLICED");
    assertThat(asked).containsExactly("p admits a", "q admits a", "p admits b");
  }

  /** A gate without policers would refuse by its "full" bit without calling the backlog. */
  @Test
  void seesEveryArrivalEvenWhenThereIsNoRoom() {
    scene = new Scene(new FixedLimit(1), new NoBacklog(), new Doorman("p"));
    scene.enter("a");
    scene.enter("b");
    scene.enter("c");

    assertThat(scene.journal).containsExactly("a admitted", "b LIMIT", "c LIMIT");
    assertThat(asked).containsExactly("p admits a", "p admits b", "p admits c");
  }

  @Test
  void isNotAskedAboutATicketAbandonedBeforeItsArrivalIsProcessed() {
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
  void aPolicerThatDoesNotLearnGetsNoCompletions() {
    Doorman doorman = new Doorman("p");
    doorman.learning = false;
    scene = new Scene(new ScriptedLimit(9), new NoBacklog(), doorman);
    RecordingTicket a = scene.enter("a");
    asked.clear();
    scene.leave(a);

    assertThat(asked).isEmpty();
  }

  @Test
  void aThrowingPolicerIsReportedAndBlocksNobody() {
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
  void seesTheCurrentStateOfTheGate() {
    List<String> seen = new ArrayList<>();
    HostView cpu =
        new HostView() {
          @Override
          public long cpuNanos() {
            return 77;
          }

          @Override
          public long deniedNanos() {
            return 5;
          }

          @Override
          public int cpus() {
            return 3;
          }
        };
    Policer looking =
        (ticket, gate, now) -> {
          seen.add(
              "%d %d %d, %d on %d, %d denied"
                  .formatted(
                      gate.inflight(),
                      gate.limit(),
                      gate.waiting(),
                      gate.cpuNanos(),
                      gate.cpus(),
                      gate.deniedNanos()));
          return true;
        };
    Gate gate =
        new Gate(List.of(looking), new FixedLimit(1), new FifoBacklog(9, 100), scene.clock, cpu);
    for (int i = 0; i < 3; i++) {
      gate.enter(new RecordingTicket("t", new ArrayList<>()));
    }

    assertThat(seen)
        .containsExactly(
            "0 1 0, 77 on 3, 5 denied", "1 1 0, 77 on 3, 5 denied", "1 1 1, 77 on 3, 5 denied");
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
}
