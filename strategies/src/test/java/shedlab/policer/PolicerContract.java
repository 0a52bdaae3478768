package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shedlab.admission.Contract;
import shedlab.admission.GateView;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;

/**
 * The contract of every {@link Policer}: extend this class for your own policer, and JUnit runs all
 * tests. They use random arrivals and completions from fixed seeds; a failure names the seed.
 */
public abstract class PolicerContract extends Contract {
  private static final int RUNS = 200;
  private static final int STEPS = 300;

  /** A fresh instance, always with the same settings. */
  protected abstract Policer fresh();

  /** False for a policer that never admits a request on purpose. */
  protected boolean everAdmits() {
    return true;
  }

  /** A gate with the state that a test sets. */
  protected static final class View implements GateView {
    public int limit = 4;
    public int inflight;
    public int waiting;
    public int runnable;
    public int cpus = 1;
    public long cpuNanos;
    public long deniedNanos;
    private final List<Long> lateNanos = new ArrayList<>();

    /** Four permits and no request. */
    public View() {}

    @Override
    public int limit() {
      return limit;
    }

    @Override
    public int inflight() {
      return inflight;
    }

    @Override
    public int waiting() {
      return waiting;
    }

    @Override
    public int runnable() {
      return runnable;
    }

    /** The thread that only sleeps has woken so many times, each time so late. */
    public void wake(int times, long nanosLate) {
      lateNanos.addAll(Collections.nCopies(times, nanosLate));
    }

    @Override
    public Set<Signal> tells() {
      return EnumSet.complementOf(EnumSet.of(Signal.LIMIT));
    }

    @Override
    public long wakeUps() {
      return lateNanos.size();
    }

    @Override
    public long lateNanos(long wakeUp) {
      return lateNanos.get((int) wakeUp);
    }

    @Override
    public long cpuNanos() {
      return cpuNanos;
    }

    @Override
    public long deniedNanos() {
      return deniedNanos;
    }

    @Override
    public int cpus() {
      return cpus;
    }
  }

  /** A ticket that has just arrived. */
  protected static RecordingTicket arrival(long now) {
    return new RecordingTicket("t", new ArrayList<>()).arrivedAt(now);
  }

  /** Completes a request that took {@code elapsedNanos} and did not wait. */
  protected static void complete(Policer policer, long now, long elapsedNanos) {
    policer.completed(arrival(now).completed(now, 0, elapsedNanos, 1, Outcome.SUCCESS));
  }

  @Test
  void decidesTheSameForTheSameHistory() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(history(fresh(), seed)).as("seed %d", seed).isEqualTo(history(fresh(), seed));
    }
  }

  @Test
  void admitsAgainOnceTheLoadHasGone() {
    if (!everAdmits()) {
      return;
    }
    for (int seed = 0; seed < RUNS; seed++) {
      Policer policer = fresh();
      history(policer, seed);
      View idle = new View();
      long now = 1L << 50; // days later
      int admitted = 0;
      for (int i = 0; i < 2_000; i++) {
        now += 50_000_000;
        idle.wake(50, 0);
        RecordingTicket ticket = arrival(now);
        if (policer.admits(ticket, idle, now)) {
          admitted++;
          policer.completed(ticket.completed(now, 0, 1_000_000, 1, Outcome.SUCCESS));
        }
      }
      assertThat(admitted).as("seed %d", seed).isGreaterThan(1_500);
    }
  }

  @Test
  void timeMayOverflow() {
    Policer policer = fresh();
    View view = new View();
    long now = Long.MAX_VALUE - 5_000_000_000L;
    List<Boolean> decisions = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      now += 10_000_000;
      view.wake(10, 0);
      RecordingTicket ticket = arrival(now);
      decisions.add(policer.admits(ticket, view, now));
      policer.completed(ticket.completed(now, 0, 1_000_000, 1, Outcome.SUCCESS));
    }
    if (everAdmits()) {
      assertThat(decisions.subList(900, 1_000)).contains(true);
    }
  }

  /** Every decision of a random history that ends well before 2^50 ns. */
  private static List<Boolean> history(Policer policer, long seed) {
    Random random = new Random(seed);
    Random host = new Random(~seed);
    List<Boolean> decisions = new ArrayList<>();
    View view = new View();
    long now = random.nextInt();
    for (int i = 0; i < STEPS; i++) {
      long step = random.nextLong() >>> (27 + random.nextInt(37));
      now += step;
      view.cpuNanos += (long) (random.nextDouble() * step);
      view.limit = 1 + random.nextInt(50);
      view.inflight = random.nextInt(view.limit + 1);
      view.waiting = random.nextInt(50);
      view.runnable = host.nextInt(view.inflight + 1);
      view.wake(host.nextInt(20), host.nextLong() >>> (30 + host.nextInt(33)));
      RecordingTicket ticket =
          arrival(now)
              .urgency(random.nextInt(8))
              .client(random.nextInt(100))
              .budget(random.nextInt(3) == 0 ? Ticket.NO_DEADLINE : random.nextInt(1_000_000));
      decisions.add(policer.admits(ticket, view, now));
      decisions.add(policer.keeps(ticket, now + random.nextInt(1_000_000)));
      if (random.nextBoolean()) {
        long elapsed = random.nextLong() >>> (30 + random.nextInt(33));
        policer.completed(
            ticket.completed(
                now,
                random.nextLong() >>> (30 + random.nextInt(33)),
                elapsed,
                1 + random.nextInt(50),
                random.nextInt(5) == 0 ? Outcome.DROPPED : Outcome.SUCCESS));
      }
    }
    return decisions;
  }
}
