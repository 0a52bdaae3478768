package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.backlog.FifoBacklog;
import shedlab.limit.FixedLimit;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

class DryRunTest {
  private static final long MILLI = 1_000_000;

  private final List<String> journal = new ArrayList<>();
  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 10);

  @Test
  void everybodyIsAdmittedAtOnce() {
    DryRun dryRun = dryRun("reject-all+none");
    enter(dryRun, "a");
    enter(dryRun, "b");

    assertThat(journal).containsExactly("a admitted", "b admitted");
    assertThat(dryRun.stats().shed()).containsEntry(Shed.POLICED, 2L);
    assertThat(dryRun.stats().admitted()).isZero();
  }

  @Test
  void countsThoseThatTheGateWouldNotHaveAdmitted() {
    DryRun dryRun = dryRun("fixed:limit=1+fifo:capacity=1,timeout=60min");
    Ticket inside = enter(dryRun, "inside");
    Ticket waiting = enter(dryRun, "waiting");
    Ticket shed = enter(dryRun, "shed");

    assertThat(dryRun.limit()).isEqualTo(1);
    assertThat(dryRun.stats())
        .extracting(GateStats::inflight, GateStats::waiting, GateStats::admitted)
        .containsExactly(1, 1, 1L);
    assertThat(dryRun.stats().shed()).containsEntry(Shed.FULL, 1L);
    assertThat(dryRun.beyond()).isEqualTo(2);

    dryRun.leave(inside, Outcome.SUCCESS);
    assertThat(dryRun.beyond()).isEqualTo(1);
    dryRun.leave(shed, Outcome.SUCCESS);
    assertThat(dryRun.beyond()).isZero();
    assertThat(dryRun.stats().inflight()).isEqualTo(1);
    dryRun.leave(waiting, Outcome.SUCCESS);
    assertThat(dryRun.stats().admitted()).isEqualTo(2);
  }

  @Test
  void aPermitIsHeldAfterTheWaitForAsLongAsTheWorkTook() {
    DryRun dryRun = dryRun("fixed:limit=1+fifo:capacity=1,timeout=60min");
    Ticket a = enter(dryRun, "a"); // works from 0 to 100, as behind the gate
    clock.advance(10);
    Ticket b = enter(dryRun, "b"); // works from 10 to 40; behind the gate from 100 to 130
    clock.advance(30);
    dryRun.leave(b, Outcome.SUCCESS);
    assertThat(dryRun.stats().waiting()).isEqualTo(1);
    clock.advance(60);
    dryRun.leave(a, Outcome.SUCCESS);
    assertThat(dryRun.stats())
        .extracting(GateStats::waiting, GateStats::inflight)
        .containsExactly(0, 1);
    clock.advance(29);
    assertThat(dryRun.stats().inflight()).isEqualTo(1);
    clock.advance(1);
    assertThat(dryRun.stats().inflight()).isZero();
  }

  /** One permit: b's work counts from when a has left, c's has not begun. */
  @Test
  void theGateSeesWhichWorkHasBegunAndTheCpuTimeThatItTook() {
    List<Integer> runnable = new ArrayList<>();
    List<Long> cpuNanos = new ArrayList<>();
    Policer looking =
        new Policer() {
          @Override
          public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
            return runnable.add(gate.runnable());
          }

          @Override
          public void completed(Ticket ticket) {
            cpuNanos.add(ticket.cpuNanos());
          }

          @Override
          public Set<Signal> needs() {
            return Set.of(Signal.RUNNABLE, Signal.REQUEST_CPU);
          }
        };
    DryRun dryRun =
        new DryRun(
            told ->
                new Gate(
                    List.of(looking),
                    new FixedLimit(1),
                    new FifoBacklog(5, MILLI),
                    told,
                    new IdleHost()),
            clock);
    Ticket a = enter(dryRun, "a");
    Ticket b = enter(dryRun, "b");
    dryRun.start(a);
    dryRun.start(b);
    enter(dryRun, "c");
    clock.advance(10);
    a.usedCpu(4);
    dryRun.leave(a, Outcome.SUCCESS);
    enter(dryRun, "d");
    b.usedCpu(3);
    dryRun.leave(b, Outcome.SUCCESS);
    clock.advance(10);
    enter(dryRun, "e");

    assertThat(runnable).containsExactly(0, 0, 1, 1, 0);
    assertThat(cpuNanos).containsExactly(4L, 3L);
  }

  @Test
  void whatIsShedTeachesTheLimitNothing() {
    DryRun dryRun = dryRun("aimd:initial=2,min=1,max=9,timeout=1s");
    enter(dryRun, "a");
    enter(dryRun, "b");
    Ticket shed = enter(dryRun, "shed");
    dryRun.leave(shed, Outcome.DROPPED);

    assertThat(dryRun.limit()).isEqualTo(2);
  }

  @Test
  void aTicketMayBeUsedAgainWhileTheGateWouldStillLetItWait() {
    DryRun dryRun = dryRun("fixed:limit=1+fifo:capacity=5,timeout=60min");
    Ticket inside = enter(dryRun, "inside");
    RecordingTicket again = enter(dryRun, "again");
    dryRun.leave(again, Outcome.SUCCESS);
    dryRun.enter(again);
    dryRun.leave(again, Outcome.SUCCESS);

    assertThat(dryRun.stats().waiting()).isEqualTo(2);
    dryRun.leave(inside, Outcome.SUCCESS);
    clock.advance(1);
    assertThat(dryRun.stats())
        .extracting(GateStats::waiting, GateStats::inflight, GateStats::admitted)
        .containsExactly(0, 0, 3L);
  }

  @Test
  void aSecondLeaveThrowsAndChangesNothing() {
    DryRun dryRun = dryRun("fixed:limit=2");
    enter(dryRun, "other");
    Ticket a = enter(dryRun, "a");
    dryRun.leave(a, Outcome.SUCCESS);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> dryRun.leave(a, Outcome.SUCCESS));
    assertThat(dryRun.stats().inflight()).isEqualTo(1);
  }

  /**
   * If work takes as long however much of it there is, then letting everybody in changes nothing:
   * at every tick the dry run has the counts and the limit of the gate that decides in earnest.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed:limit=3",
        "fixed:limit=3+fifo:capacity=5,timeout=20ms",
        "fixed:limit=3+lifo:capacity=5,timeout=20ms",
        "fixed:limit=3+codel:capacity=50,timeout=100ms",
        "fixed:limit=3+priority:capacity=5,timeout=20ms",
        "fixed:limit=3+edf:capacity=5,timeout=20ms",
        "bucket:rate=200/s,burst=2+none",
        "random-early:from=1,to=9+fixed:limit=3+fifo:capacity=5,timeout=20ms",
        "deadline+dagor:target=5ms,window=100ms+fixed:limit=3+fifo:capacity=9,timeout=20ms",
        "bouncer:promise=25ms,workers=3+fixed:limit=3+fifo:capacity=9,timeout=90ms",
        "aimd:initial=3,min=1,max=9,timeout=12ms,pace=round-trip",
        "aimd:initial=3,min=1,max=9,timeout=12ms,pace=round-trip+fifo:capacity=5,timeout=20ms",
        "vegas:initial=3,max=5",
        "gradient2:initial=3,min=1,max=4+fifo:capacity=5,timeout=20ms",
        "breakwater:initial=3,min=1,max=4,target=1ms+fifo:capacity=5,timeout=20ms"
      })
  void decidesAsTheGateWouldIfWorkTakesAsLongAnyway(String text) {
    Strategy strategy = Strategies.builtIn().parse(text);
    List<GateStats> earnest = new World(strategy::admission).run();
    List<GateStats> dry = new World(told -> strategy.dryRun(told, HostView.NONE)).run();

    assertThat(dry).isEqualTo(earnest);
    GateStats end = earnest.get(earnest.size() - 1);
    assertThat(end.shedTotal()).as("otherwise it shows nothing").isGreaterThan(100);
    assertThat(end.admitted()).isGreaterThan(100);
  }

  @Test
  void nothingIsLostBetweenThreads() throws InterruptedException {
    int threads = 4;
    int each = 5_000;
    DryRun dryRun =
        Strategies.builtIn()
            .parse("aimd:initial=3,min=1,max=9,timeout=1ms+fifo:capacity=8,timeout=10ms")
            .dryRun(NanoClock.SYSTEM, HostView.NONE);
    CountDownLatch done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  Ticket ticket = new RecordingTicket("t", new ArrayList<>());
                  dryRun.enter(ticket);
                  dryRun.tick();
                  dryRun.leave(ticket, Outcome.SUCCESS);
                }
                done.countDown();
              });
      thread.setDaemon(true);
      thread.start();
    }
    done.await();

    Awaitility.await("what waits is admitted or expires")
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              dryRun.tick();
              return dryRun.stats().inflight() == 0 && dryRun.stats().waiting() == 0;
            });
    GateStats stats = dryRun.stats();
    assertThat(stats.admitted() + stats.shedTotal()).isEqualTo((long) threads * each);
    assertThat(dryRun.beyond()).isZero();
  }

  private DryRun dryRun(String strategy) {
    return Strategies.builtIn().parse(strategy).dryRun(clock, HostView.NONE);
  }

  private RecordingTicket enter(DryRun dryRun, String name) {
    RecordingTicket ticket = new RecordingTicket(name, journal);
    dryRun.enter(ticket);
    return ticket;
  }

  /** Requests in virtual time, whose work takes as long however many there are. */
  private static final class World {
    private static final int REQUESTS = 2_000;

    private record Event(long at, Runnable action) {}

    private final Random random = new Random(17);
    private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 500 * MILLI);
    private final Admission admission;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final List<GateStats> states = new ArrayList<>();
    private long now;

    World(Function<NanoClock, Admission> admission) {
      this.admission = admission.apply(clock);
    }

    List<GateStats> run() {
      long at = 0;
      for (int i = 0; i < REQUESTS; i++) {
        at += (long) (random.nextDouble() * 5 * MILLI); // 400 a second; three permits: 300
        Ticket request = request(random.nextLong(MILLI), random.nextLong(20 * MILLI));
        events.add(new Event(at, () -> admission.enter(request)));
      }
      for (long tick = 0; tick < at; tick += 5 * MILLI) {
        events.add(new Event(tick, this::tick));
      }
      while (!events.isEmpty()) {
        Event next = events.remove();
        clock.advance(next.at - now);
        now = next.at;
        next.action.run();
      }
      return states;
    }

    private void tick() {
      admission.tick();
      states.add(admission.stats());
    }

    /** One that gets a thread after a while, and then works for a while. */
    private Ticket request(long delayNanos, long workNanos) {
      RecordingTicket request = new RecordingTicket("request", new ArrayList<>());
      return request
          .urgency(random.nextInt(8))
          .budget(random.nextLong(50 * MILLI))
          .client(random.nextInt(5))
          .kind(workNanos < 10 * MILLI ? 0 : 1)
          .whenAdmitted(
              () -> {
                events.add(new Event(now + delayNanos, () -> admission.start(request)));
                events.add(
                    new Event(
                        now + delayNanos + workNanos,
                        () -> admission.leave(request, Outcome.SUCCESS)));
              });
    }
  }
}
