package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.strategy.Strategies;

/** A decision allocates nothing, by the JVM's own count of this thread's bytes. */
@Tag("optimized")
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 20_000;
  private static final int CALLS = 10_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "fixed:limit=1",
        "fixed:limit=1+fifo:capacity=4",
        "aimd:initial=1,min=1,max=1",
        "aimd:initial=1,min=1,max=1,pace=round-trip",
        "vegas",
        "vegas:probe=1,smoothing=0.5,probe-below=0.5",
        "vegas-quarkus:probe=1",
        "gradient:probe=10",
        "gradient2:headroom=flat,drops=each",
        "aimd-windowed:window=1us,floor=none",
        "gradient-windowed:window=1us,floor=none",
        "vegas-windowed:window=1us,floor=none",
        "gradient2-windowed:window=1us,floor=none,quantile=0.9",
        "aimd:initial=1,min=1,max=1+fifo:capacity=4",
        "aimd:initial=1,min=1,max=1,pace=round-trip+fifo:capacity=4",
        "sla-gradient:target=1ms,window=1us,samples=1",
        "little:target=1ms",
        "envoy:interval=1us,probe-samples=5,probe-interval=1us",
        "brpc:window=1us,samples=1,reset-interval=1ms",
        "failsafe:window=1us,samples=1",
        "breakwater:interval=1us",
        "bucket:rate=1000000000/s,burst=1000+none",
        "random-early:from=10,to=20+none",
        "pi:period=1us+fixed:limit=4",
        "dagor:window=1us+fixed:limit=4",
        "bouncer:promise=1min,workers=4+none",
        "brpc-timeout:window=1us,least=1,most=1+none",
        "queue-linear:period=1us+fixed:limit=4",
        "queue-linear:by=priority,period=1us+fixed:limit=4",
        "little-queue:target=1s+fixed:limit=4",
        "cpu:threshold=1.0,period=1us+none",
        "kratos:period=1us+none",
        "go-zero:period=1us+none",
        "cpu-tokens:interval=1us+none",
        "rajomon:period=1us,threshold=1min+none",
        "rajomon:period=1us,threshold=1min,update=proportional+none",
        "heartbeat:window=1us+none",
        "runnable-credit:waiting=1000.0,interval=1us+none",
        "elastic-cpu:urgency=0,period=1us+none",
        "cubic:cohort=random,period=1min+none",
        "scaled:period=1min+none",
        "deadline+none",
        "clairvoyant:rate=1000000000/s,budget=1min+none"
      })
  void enterAndLeaveAllocateNothing(String strategy) {
    Gate gate = gate(strategy);
    Silent ticket = new Silent();

    assertAllocatesNothing(
        () -> {
          gate.enter(ticket);
          gate.leave(ticket, Outcome.SUCCESS);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed:limit=1",
        "fixed:limit=1+fifo:capacity=1,timeout=1min",
        "fixed:limit=1+edf:capacity=1,timeout=1min",
        "fixed:limit=1+priority:capacity=1,timeout=1min",
        "fixed:limit=1+fair:capacity=1,timeout=1min",
        "reject-all+fixed:limit=1",
        "aimd:initial=1,min=1,max=1",
        "aimd:initial=1,min=1,max=1,pace=round-trip+fifo:capacity=1,timeout=1min"
      })
  void aRefusalAllocatesNothing(String strategy) {
    Gate gate = gate(strategy);
    gate.enter(new Silent());
    gate.enter(new Silent()); // waits, if it may
    Silent refused = new Silent();

    assertAllocatesNothing(() -> gate.enter(refused));
    assertThat(gate.stats().shedTotal()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed:limit=1+fifo:capacity=4,timeout=1min",
        "fixed:limit=1+lifo:capacity=4,timeout=1min",
        "fixed:limit=1+adaptive-lifo:capacity=4,timeout=1min",
        "fixed:limit=1+codel:capacity=4,timeout=1min",
        "fixed:limit=1+edf:capacity=4,timeout=1min",
        "fixed:limit=1+priority:capacity=4,timeout=1min",
        "fixed:limit=1+fair:capacity=4,timeout=1min",
        "fixed:limit=1+fair:capacity=4,timeout=1min,hand=8,queue-capacity=2",
        "aimd:initial=1,min=1,max=1+fifo:capacity=4,timeout=1min",
        "aimd:initial=1,min=1,max=1,pace=round-trip+fifo:capacity=4,timeout=1min"
      })
  void waitingAbandoningTickingAndBeingAdmittedAllocateNothing(String strategy) {
    Gate gate = gate(strategy);
    Silent first = new Silent();
    Silent second = new Silent();
    Silent gone = new Silent();

    assertAllocatesNothing(
        () -> {
          gate.enter(first);
          gate.enter(second);
          gate.enter(gone);
          gone.abandon();
          gate.tick();
          gate.leave(first, Outcome.SUCCESS);
          gate.leave(second, Outcome.DROPPED);
        });
    assertThat(gate.stats().inflight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifo", "lifo", "adaptive-lifo", "codel", "edf", "priority", "fair"})
  void givingUpAndDisplacingAllocateNothing(String backlog) {
    ManualClock clock = new ManualClock(0);
    String strategy = "fixed:limit=1+" + backlog + ":capacity=2,timeout=10us";
    Gate gate = (Gate) Strategies.builtIn().parse(strategy).admission(clock);
    gate.enter(new Silent());
    Silent[] waiters = {new Silent(7, 1, 9_000), new Silent(6, 1, 8_000), new Silent(0, 2, 7_000)};

    assertAllocatesNothing(
        () -> {
          for (Silent waiter : waiters) {
            gate.enter(waiter);
          }
          clock.advance(10_000);
          gate.tick();
        });
    assertThat(gate.stats().shed().get(Shed.EXPIRED)).isPositive();
    assertThat(gate.stats().shed().get(Shed.FULL)).isPositive();
    assertThat(gate.stats().waiting()).isZero();
  }

  @Test
  void everyPieceThatCanBeNamedIsMeasured() {
    List<String> measured = new ArrayList<>();
    for (Method method : AllocationTest.class.getDeclaredMethods()) {
      ValueSource specs = method.getAnnotation(ValueSource.class);
      measured.addAll(specs == null ? List.of() : List.of(specs.strings()));
    }
    assertThat(Names.in(measured)).containsAll(Names.ofAllPieces());
  }

  private static Gate gate(String strategy) {
    return (Gate) Strategies.builtIn().parse(strategy).admission(NanoClock.SYSTEM, new IdleHost());
  }

  /** The least of several tries, because the JIT may allocate on this thread. */
  private static void assertAllocatesNothing(Runnable decision) {
    repeat(decision, WARM_UP);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5 && least > 0; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      repeat(decision, CALLS);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes for %d calls", CALLS).isZero();
  }

  private static void repeat(Runnable decision, int times) {
    for (int i = 0; i < times; i++) {
      decision.run();
    }
  }

  private static final class Silent extends Ticket {
    private final int urgency;
    private final long client;
    private final long budgetNanos;

    Silent() {
      this(3, 0, NO_DEADLINE);
    }

    Silent(int urgency, long client, long budgetNanos) {
      this.urgency = urgency;
      this.client = client;
      this.budgetNanos = budgetNanos;
    }

    @Override
    public int urgency() {
      return urgency;
    }

    @Override
    public long client() {
      return client;
    }

    @Override
    public long budgetNanos() {
      return budgetNanos;
    }

    @Override
    protected void onAdmitted() {}

    @Override
    protected void onShed(Shed reason) {}
  }
}
