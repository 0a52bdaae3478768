package shedlab.admission;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.limit.FixedLimit;

/**
 * A few concurrent calls in many schedules: Lincheck runs each scene many times and decides after
 * which read or write another thread continues (bounded model checking). It does not try all
 * schedules; {@code shedlab.schedules} is their number for each scene. It assumes sequentially
 * consistent memory; {@link GateHammerTest} tests on real processors.
 *
 * <p>Run by {@code make stress}; {@code make test} only compiles it.
 */
@Tag("optimized")
class GateSchedules {
  private static final int SCHEDULES = Integer.getInteger("shedlab.schedules", 200);
  private static final long TIMEOUT = 100;

  @Test
  void twoArrivalsGetOnePermitOnce() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new NoBacklog());
          Guest a = play.guest();
          Guest b = play.guest();
          play.together(a::enter, b::enter);

          play.expect(a, "LIMIT", "admitted");
          play.expect(b, a.told("admitted") ? "LIMIT" : "admitted");
          play.expect(1, 0);
        });
  }

  @Test
  void anArrivalWhileTheOnlyPermitIsReturnedIsAdmitted() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new FifoBacklog(1, TIMEOUT));
          Guest a = play.guest().enter();
          Guest b = play.guest();
          play.together(a::leave, b::enter);

          play.expect(b, "admitted");
          play.expect(1, 0);
        });
  }

  @Test
  void nobodyIsLeftWaitingWhenAllPermitsComeBackAtOnce() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(2), new FifoBacklog(2, TIMEOUT));
          Guest a = play.guest().enter();
          Guest b = play.guest().enter();
          Guest c = play.guest();
          play.together(a::leave, b::leave, c::enter);

          play.expect(c, "admitted");
          play.expect(1, 0);
        });
  }

  @Test
  void aPlaceIsGivenOnceWhenTwoWantTheLastOne() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new FifoBacklog(1, TIMEOUT));
          Guest a = play.guest().enter();
          Guest b = play.guest();
          Guest c = play.guest();
          play.together(b::enter, c::enter);

          play.expect(b, "", "FULL");
          play.expect(c, b.told("FULL") ? "" : "FULL");
          play.expect(1, 1);
          a.leave();
          play.expect(1, 0);
        });
  }

  @Test
  void anAbandonmentThatRacesWithItsArrivalIsNoticedOrTooEarly() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new FifoBacklog(1, TIMEOUT));
          play.guest().enter();
          Guest b = play.guest();
          boolean[] waited = {false};
          play.together(
              b::enter,
              () -> {
                waited[0] = !b.settled();
                b.abandon();
              });

          play.expect(b, waited[0] ? new String[] {"ABANDONED"} : new String[] {"ABANDONED", ""});
          play.expect(1, b.told("") ? 1 : 0);
        });
  }

  @Test
  void anAbandonedWaiterHoldsNoPermitOrIsInFlight() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new FifoBacklog(1, TIMEOUT));
          Guest a = play.guest().enter();
          Guest b = play.guest().enter();
          play.together(a::leave, b::abandon);

          play.expect(b, "admitted", "ABANDONED");
          play.expect(b.told("admitted") ? 1 : 0, 0);
        });
  }

  @Test
  void aWaiterExpiresOrIsAdmittedButNotBoth() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new FifoBacklog(1, TIMEOUT));
          Guest a = play.guest().enter();
          Guest b = play.guest().enter();
          play.together(
              a::leave,
              () -> {
                play.clock.now = TIMEOUT;
                play.gate.tick();
              });

          play.expect(b, "admitted", "EXPIRED");
          play.expect(b.told("admitted") ? 1 : 0, 0);
        });
  }

  @Test
  void aWaiterExpiresOrIsAbandonedButNotBoth() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new FifoBacklog(1, TIMEOUT));
          play.guest().enter();
          Guest b = play.guest().enter();
          play.clock.now = TIMEOUT;
          play.together(b::abandon, play.gate::tick);

          play.expect(b, "EXPIRED", "ABANDONED");
          play.expect(1, 0);
        });
  }

  @Test
  void aGrowingLimitLeavesNobodyWaiting() {
    inEverySchedule(
        () -> {
          Play play = new Play(new StepLimit(1, 3), new FifoBacklog(3, TIMEOUT));
          Guest a = play.guest().enter();
          Guest b = play.guest().enter();
          Guest c = play.guest();
          play.together(a::leave, c::enter);

          play.expect(b, "admitted");
          play.expect(c, "admitted");
          play.expect(2, 0);
        });
  }

  /** Before the cut b is in flight with a limit of two, after it with one: c never has a permit. */
  @Test
  void aShrinkingLimitAdmitsNobodyTooMany() {
    inEverySchedule(
        () -> {
          Play play = new Play(new StepLimit(2, 1), new NoBacklog());
          Guest a = play.guest().enter();
          Guest b = play.guest().enter();
          Guest c = play.guest();
          play.together(a::leave, c::enter);

          play.expect(b, "admitted");
          play.expect(c, "LIMIT");
          play.expect(1, 0);
        });
  }

  @Test
  void noSampleIsLostWhenTwoCompleteAtOnce() {
    inEverySchedule(
        () -> {
          CountingLimit limit = new CountingLimit();
          Play play = new Play(limit, new NoBacklog());
          Guest a = play.guest().enter();
          Guest b = play.guest().enter();
          play.together(a::leave, b::leave);

          check(limit.samples == 2, "samples: " + limit.samples);
          check(a.settled() && b.settled(), "not settled");
          play.expect(0, 0);
        });
  }

  @Test
  void aPermitIsReturnedOnceWhenTwoLeaveWithIt() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(2), new NoBacklog());
          play.guest().enter();
          Guest a = play.guest().enter();
          boolean[] refused = new boolean[2];
          play.together(() -> refused[0] = !a.tryLeave(), () -> refused[1] = !a.tryLeave());

          check(refused[0] != refused[1], "one of the two must throw");
          play.expect(1, 0);
        });
  }

  /** It enters again from {@code onShed}, once: it gets the permit, or was refused twice. */
  @Test
  void whoEntersAgainFromACallbackIsDecidedTwice() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(1), new NoBacklog());
          Guest a = play.guest().enter();
          Guest b = play.guest();
          b.triesAgain = true;
          play.together(a::leave, b::enter);

          play.expect(b, "admitted", "LIMITadmitted", "LIMITLIMIT");
          check(b.settled() == b.told("LIMITLIMIT"), "settled: " + b.settled());
          play.expect(b.told("LIMITLIMIT") ? 0 : 1, 0);
        });
  }

  /** The policer counts without any precaution: only one thread at a time may ask it. */
  @Test
  void aPolicerIsCalledByOneThreadAtATime() {
    inEverySchedule(
        () -> {
          Play play = new Play(new FixedLimit(9), new NoBacklog(), new OneToken());
          Guest a = play.guest();
          Guest b = play.guest();
          play.together(a::enter, b::enter);

          play.expect(a, "admitted", "POLICED");
          play.expect(b, a.told("admitted") ? "POLICED" : "admitted");
          play.expect(1, 0);
        });
  }

  private static void inEverySchedule(Runnable scene) {
    Lincheck.runConcurrentTest(SCHEDULES, scene);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  /** A limit with one value before the first completion and another after it. */
  private record StepLimit(int initial, int after) implements Limit {
    @Override
    public int next(int limit, Sample sample) {
      return after;
    }
  }

  private static final class CountingLimit implements Limit {
    int samples;

    @Override
    public int initial() {
      return 2;
    }

    @Override
    public int next(int limit, Sample sample) {
      samples++;
      return limit;
    }
  }

  private static final class OneToken implements Policer {
    private int tokens = 1;

    @Override
    public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
      int before = tokens;
      tokens = Math.max(0, before - 1);
      return before > 0;
    }
  }

  /** One gate and its tickets. */
  private static final class Play {
    final Clock clock = new Clock();
    final Gate gate;

    Play(Limit limit, Backlog backlog, Policer... policers) {
      gate = new Gate(List.of(policers), limit, backlog, clock, HostView.NONE);
    }

    Guest guest() {
      return new Guest(gate);
    }

    void together(Runnable... calls) {
      List<Thread> threads = new ArrayList<>();
      for (Runnable call : calls) {
        threads.add(new Thread(call));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }

    void expect(Guest guest, String... decisions) {
      check(
          List.of(decisions).contains(guest.decisions),
          "<" + guest.decisions + "> is none of " + List.of(decisions));
    }

    void expect(int inflight, int waiting) {
      GateStats stats = gate.stats();
      check(
          stats.inflight() == inflight && stats.waiting() == waiting,
          stats + ", expected in flight " + inflight + ", waiting " + waiting);
    }
  }

  private static final class Clock implements NanoClock {
    volatile long now;

    @Override
    public long nanos() {
      return now;
    }
  }

  private static final class Guest extends Ticket {
    private final Gate gate;

    /** All callbacks of one visit. */
    String decisions = "";

    boolean triesAgain;

    Guest(Gate gate) {
      this.gate = gate;
    }

    Guest enter() {
      gate.enter(this);
      return this;
    }

    void leave() {
      gate.leave(this, Outcome.SUCCESS);
    }

    boolean tryLeave() {
      try {
        leave();
        return true;
      } catch (IllegalStateException e) {
        return false;
      }
    }

    boolean told(String decision) {
      return decisions.equals(decision);
    }

    @Override
    protected void onAdmitted() {
      decisions += "admitted";
    }

    @Override
    protected void onShed(Shed reason) {
      decisions += reason;
      if (triesAgain) {
        triesAgain = false;
        enter();
      }
    }
  }
}
