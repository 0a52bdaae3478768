package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.strategy.Strategies;

/**
 * Many threads enter, leave each other's tickets, abandon and tick, at random. In any case no
 * ticket is lost, none is decided twice, and no more are in flight than allowed.
 */
@Tag("optimized")
class GateHammerTest {
  private static final int THREADS = 5;
  private static final int CALLS_PER_THREAD = 60_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | 2097151",
        "none+fifo:capacity=4,timeout=20us | 2097151",
        "fixed:limit=1 | 1",
        "fixed:limit=3 | 3",
        "fixed:limit=1+fifo:capacity=1,timeout=20us | 1",
        "fixed:limit=3+fifo:capacity=8,timeout=20us | 3",
        "fixed:limit=2+fifo:capacity=1000,timeout=1s | 2",
        "fixed:limit=3+lifo:capacity=8,timeout=20us | 3",
        "fixed:limit=3+adaptive-lifo:capacity=8,timeout=20us,threshold=0.5 | 3",
        "fixed:limit=3+codel:capacity=8,timeout=1ms,target=5us,interval=50us | 3",
        "fixed:limit=3+codel:capacity=8,timeout=1ms,target=5us,interval=50us,order=adaptive-lifo | 3",
        "fixed:limit=3+edf:capacity=8,timeout=20us | 3",
        "fixed:limit=3+priority:capacity=8,timeout=20us | 3",
        "fixed:limit=3+fair:capacity=8,timeout=20us,queues=4 | 3",
        "bucket:rate=100000/s,burst=4+fixed:limit=3 | 3",
        "random-early:from=2,to=9+fixed:limit=3+fifo:capacity=8,timeout=20us | 3",
        "pi:period=50us+fixed:limit=3+fifo:capacity=8,timeout=20us | 3",
        "dagor:target=5us,window=50us+fixed:limit=3+priority:capacity=8,timeout=20us | 3",
        "bouncer:promise=50us,workers=2+fixed:limit=3+fifo:capacity=8,timeout=20us | 3",
        "kratos:period=10us+go-zero:period=10us+cpu:period=10us+fixed:limit=3 | 3",
        "cpu-tokens:interval=10us+rajomon:period=10us+heartbeat:window=10us+fixed:limit=3 | 3",
        "runnable-credit:waiting=9.0,interval=10us+elastic-cpu:urgency=0,period=10us+fixed:limit=3 | 3",
        "cubic:period=10us+scaled:period=10us+fixed:limit=3 | 3",
        "brpc-timeout:max=9,window=50us,least=1,most=5+fixed:limit=3+fifo:capacity=8,timeout=20us | 3",
        "queue-linear:period=50us+fixed:limit=3+fifo:capacity=8,timeout=20us | 3",
        "queue-linear:by=priority,period=50us+fixed:limit=3+fifo:capacity=8,timeout=20us | 3",
        "little-queue:target=50us+little:initial=2,max=6,target=50us+fifo:capacity=8,timeout=20us | 6",
        "sla-gradient:target=20us,initial=2,min=1,max=6,window=50us,samples=1 | 6",
        "deadline+fixed:limit=3+edf:capacity=8,timeout=20us | 3",
        "clairvoyant:rate=1000000/s,budget=20us+fixed:limit=3+lifo:capacity=8,timeout=20us | 3",
        "envoy:min=1,max=6,probe=2,interval=50us,probe-samples=5,probe-interval=1ms | 6",
        "brpc:initial=2,min=1,max=6,window=50us,samples=5,reset-interval=1ms | 6",
        "failsafe:initial=2,min=1,max=6,window=50us,samples=5 | 6",
        "breakwater:initial=2,min=1,max=6,target=20us,interval=10us+fifo:capacity=4,timeout=50us | 6",
        "fixed:limit=3+fair:capacity=8,timeout=20us,queues=4,hand=2,queue-capacity=3 | 3",
        "reject-all+fixed:limit=3+fifo:capacity=8,timeout=20us | 0",
        "vegas:initial=2,max=6,probe-below=0.5 | 6",
        "vegas-windowed:initial=2,max=6,window=50us,samples=1,floor=none | 6",
        "vegas-quarkus:initial=2,max=6+lifo:capacity=4,timeout=50us | 6",
        "gradient:initial=2,max=6,probe=20 | 6",
        "gradient-windowed:initial=2,max=6,window=50us,samples=1,floor=none | 6",
        "gradient2:initial=2,min=1,max=6+fifo:capacity=4,timeout=50us | 6",
        "gradient2-windowed:initial=2,min=1,max=6,window=50us,samples=1,floor=none | 6",
        "aimd-windowed:initial=2,min=1,max=6,timeout=20us,window=50us,samples=1,floor=none | 6",
        "aimd:initial=2,min=1,max=6,timeout=20us | 6",
        "aimd:initial=2,min=1,max=6,timeout=20us+fifo:capacity=4,timeout=50us | 6",
        "aimd:initial=2,min=1,max=6,timeout=20us,pace=round-trip | 6",
        "aimd:initial=2,min=1,max=6,timeout=20us,pace=round-trip+fifo:capacity=9,timeout=1s | 6",
      })
  void everyTicketIsDecidedExactlyOnce(String strategy, int largestLimit) throws Exception {
    Hammer hammer = new Hammer(strategy, largestLimit);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  hammer.run(random);
                  return null;
                }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      threads.shutdown();
    }
    hammer.finish();
  }

  @Test
  void everyPieceThatCanBeNamedIsHammered() throws Exception {
    String[] rows =
        GateHammerTest.class
            .getDeclaredMethod("everyTicketIsDecidedExactlyOnce", String.class, int.class)
            .getAnnotation(CsvSource.class)
            .value();
    assertThat(Names.in(List.of(rows))).containsAll(Names.ofAllPieces());
  }

  /**
   * One thread enters, another abandons the same ticket at the same time: before it waits, while
   * its arrival is posted, or after. No ticket is admitted here, so one that is not shed would wait
   * for ever.
   */
  @Test
  void anAbandonmentThatRacesWithItsArrivalIsNotForgotten() throws Exception {
    Hammer hammer = new Hammer("fixed:limit=1+fifo:capacity=1000,timeout=1min", 1);
    new Visitor(hammer).enter(false);
    Visitor[] visitors = new Visitor[50_000];
    for (int i = 0; i < visitors.length; i++) {
      visitors[i] = new Visitor(hammer);
    }
    AtomicInteger turn = new AtomicInteger();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> abandoning =
          other.submit(
              () -> {
                for (int i = turn.get(); i < visitors.length; i = turn.get()) {
                  visitors[i].abandon();
                }
              });
      for (Visitor visitor : visitors) {
        visitor.enter(false);
        visitor.abandon();
        turn.incrementAndGet();
      }
      abandoning.get();
    } finally {
      other.shutdown();
    }

    assertThat(hammer.gate.stats().waiting()).as("abandoned, but still waiting").isZero();
    assertThat(hammer.gate.stats().shed()).containsEntry(Shed.ABANDONED, 50_000L);
    hammer.finish();
  }

  private static final class Hammer {
    private final Gate gate;
    private final int largestLimit;
    private final Queue<Visitor> admitted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inflight = new AtomicInteger();
    private final AtomicInteger mostInflight = new AtomicInteger();
    private final AtomicLong wrong = new AtomicLong();
    private final LongAdder entered = new LongAdder();
    private final LongAdder decided = new LongAdder();
    private final LongAdder shed = new LongAdder();

    Hammer(String strategy, int largestLimit) {
      this.gate =
          (Gate) Strategies.builtIn().parse(strategy).admission(NanoClock.SYSTEM, new IdleHost());
      this.largestLimit = largestLimit;
    }

    void run(SplittableRandom random) {
      Visitor[] mine = new Visitor[32]; // reused as soon as they are settled
      for (int i = 0; i < mine.length; i++) {
        mine[i] = new Visitor(this);
      }
      for (int call = 0; call < CALLS_PER_THREAD; call++) {
        Visitor visitor = mine[random.nextInt(mine.length)];
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {
            if (visitor.settled() && visitor.undecided.get() == 0) {
              visitor.enter(random.nextInt(4) == 0);
            }
          }
          case 3, 4, 5 -> leaveOne(random.nextInt(8) == 0 ? Outcome.DROPPED : Outcome.SUCCESS);
          case 6 -> visitor.abandon();
          default -> {
            gate.tick();
            if (random.nextInt(64) == 0) {
              leaveOne(Outcome.IGNORED);
            }
          }
        }
      }
    }

    private boolean leaveOne(Outcome outcome) {
      Visitor done = admitted.poll();
      if (done == null) {
        return false;
      }
      done.leave(outcome);
      return true;
    }

    void finish() {
      while (leaveOne(Outcome.SUCCESS)) {
        // each may let in another
      }
      GateStats stats = gate.stats();
      assertThat(wrong).as("decided twice, or not while undecided").hasValue(0);
      assertThat(mostInflight.get())
          .as("most in flight")
          .isBetween(Math.min(1, largestLimit), largestLimit);
      assertThat(stats.inflight()).as("in flight at the end").isZero();
      assertThat(stats.waiting()).as("waiting at the end").isZero();
      assertThat(inflight).hasValue(0);
      assertThat(decided.sum()).as("decided").isEqualTo(entered.sum());
      assertThat(stats.shedTotal()).isEqualTo(shed.sum());
      assertThat(stats.admitted() + stats.shedTotal()).isEqualTo(entered.sum());
    }
  }

  private static final class Visitor extends Ticket {
    private final Hammer hammer;
    private final AtomicInteger undecided = new AtomicInteger();
    private boolean leavesAtOnce;
    private int visits;

    Visitor(Hammer hammer) {
      this.hammer = hammer;
    }

    void enter(boolean leavingAtOnce) {
      leavesAtOnce = leavingAtOnce;
      visits++;
      hammer.entered.increment();
      if (undecided.incrementAndGet() != 1) {
        hammer.wrong.incrementAndGet();
      }
      hammer.gate.enter(this);
    }

    void leave(Outcome outcome) {
      hammer.inflight.decrementAndGet();
      hammer.gate.leave(this, outcome);
    }

    @Override
    public int urgency() {
      return visits % 8;
    }

    @Override
    public long client() {
      return visits % 5;
    }

    @Override
    public long budgetNanos() {
      return visits % 3 == 0 ? NO_DEADLINE : 1_000L * (visits % 30);
    }

    @Override
    protected void onAdmitted() {
      int now = hammer.inflight.incrementAndGet();
      hammer.mostInflight.accumulateAndGet(now, Math::max);
      decide();
      if (leavesAtOnce) {
        leave(Outcome.SUCCESS);
      } else {
        hammer.admitted.add(this);
      }
    }

    @Override
    protected void onShed(Shed reason) {
      hammer.shed.increment();
      decide();
    }

    private void decide() {
      hammer.decided.increment();
      if (undecided.decrementAndGet() != 0) {
        hammer.wrong.incrementAndGet();
      }
    }
  }
}
