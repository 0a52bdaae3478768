package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.backlog.AdaptiveLifoBacklog;
import shedlab.backlog.CodelBacklog;
import shedlab.backlog.EdfBacklog;
import shedlab.backlog.FairBacklog;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.LifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.backlog.PriorityBacklog;
import shedlab.limit.AimdLimit;
import shedlab.limit.FixedLimit;
import shedlab.limit.NoLimit;

/**
 * The gate against a very simple model: one thread, one list, no state word, no inbox. Both get the
 * same random calls and must make the same decisions in the same order.
 */
class GateModelTest {
  /** A fault that shows in one sequence of a hundred stays unseen by 1,000 once in 20,000 runs. */
  private static final int SEQUENCES = Boolean.getBoolean("shedlab.thorough") ? 10_000 : 1_000;

  private static final int CALLS = 60;
  private static final int CAPACITY = 3;
  private static final long TIMEOUT_NANOS = 100;

  /**
   * A discipline as orders over the waiting tickets, which are in the order of arrival: which is
   * admitted next, which is displaced first (null: the newcomer), and in which order they expire.
   */
  private record Discipline(
      String name,
      Supplier<Backlog> backlog,
      int capacity,
      Function<List<Waiter>, Waiter> next,
      @Nullable Comparator<Waiter> claim,
      Comparator<Waiter> evictions,
      ToLongFunction<Waiter> patience) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** For stable sorts. */
  private static final Comparator<Waiter> BY_ARRIVAL = Comparator.comparingInt(waiter -> 0);

  private record Waiter(int id, long enteredNanos) {
    int urgency() {
      return id % 8;
    }

    long budgetNanos() {
      return id % 3 == 0 ? Ticket.NO_DEADLINE : 20L * (1 + id % 7);
    }
  }

  private static Discipline plain(
      String name, Supplier<Backlog> backlog, int capacity, Function<List<Waiter>, Waiter> next) {
    return new Discipline(name, backlog, capacity, next, null, BY_ARRIVAL, waiter -> TIMEOUT_NANOS);
  }

  private static Waiter oldest(List<Waiter> waiting) {
    return waiting.get(0);
  }

  private static Waiter newest(List<Waiter> waiting) {
    return waiting.get(waiting.size() - 1);
  }

  /** Two of three places and more: above half of them. */
  private static Waiter newestIfLong(List<Waiter> waiting) {
    return waiting.size() > 1 ? newest(waiting) : oldest(waiting);
  }

  private static List<Discipline> disciplines() {
    int c = CAPACITY;
    long t = TIMEOUT_NANOS;
    Comparator<Waiter> byUrgency = Comparator.comparingInt(Waiter::urgency);
    ToLongFunction<Waiter> patience = waiter -> Math.min(t, waiter.budgetNanos());
    Comparator<Waiter> byDeadline =
        (a, b) ->
            Long.signum(
                a.enteredNanos
                    + patience.applyAsLong(a)
                    - b.enteredNanos
                    - patience.applyAsLong(b));
    return List.of(
        plain("nobody waits", NoBacklog::new, 0, GateModelTest::oldest),
        plain("fifo", () -> new FifoBacklog(c, t), c, GateModelTest::oldest),
        plain("lifo", () -> new LifoBacklog(c, t), c, GateModelTest::newest),
        plain(
            "adaptive lifo",
            () -> new AdaptiveLifoBacklog(c, t, 0.5),
            c,
            GateModelTest::newestIfLong),
        plain(
            "codel that is never above its target",
            () -> new CodelBacklog(c, t, 2 * t, 50, CodelBacklog.Order.FIFO),
            c,
            GateModelTest::oldest),
        new Discipline(
            "priority",
            () -> new PriorityBacklog(c, t),
            c,
            waiting -> Collections.min(waiting, byUrgency),
            byUrgency,
            byUrgency,
            waiter -> t),
        new Discipline(
            "edf",
            () -> new EdfBacklog(c, t),
            c,
            waiting -> Collections.min(waiting, byDeadline),
            byDeadline,
            byDeadline,
            patience),
        // All tickets are from the same client here; FairBacklogTest tests the turns of several.
        new Discipline(
            "fair",
            () -> new FairBacklog(c, t, 4, 1, c),
            c,
            GateModelTest::oldest,
            BY_ARRIVAL,
            BY_ARRIVAL,
            waiter -> t));
  }

  static Stream<Arguments> strategies() {
    Map<String, Supplier<Limit>> limits =
        Map.of(
            "none", NoLimit::new,
            "fixed", () -> new FixedLimit(2),
            "aimd per sample", () -> new AimdLimit(3, 1, 5, 0.5, 80, AimdLimit.Pace.SAMPLE),
            "aimd per round trip",
                () -> new AimdLimit(3, 1, 5, 0.5, 80, AimdLimit.Pace.ROUND_TRIP));
    return limits.entrySet().stream()
        .flatMap(
            limit ->
                disciplines().stream()
                    .map(waits -> Arguments.of(limit.getKey(), limit.getValue(), waits)));
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("strategies")
  void decidesLikeTheModel(String name, Supplier<Limit> limit, Discipline waits) {
    for (int seed = 0; seed < SEQUENCES; seed++) {
      Scene scene = new Scene(limit.get(), waits.backlog.get());
      Model model = new Model(limit.get(), waits, scene.clock.nanos());
      run(new Random(seed), scene, model);

      assertThat(scene.journal).as("%s, %s, seed %d", name, waits, seed).isEqualTo(model.journal);
      assertThat(List.of(scene.limit(), scene.inflight(), scene.waiting()))
          .as("limit, in flight, waiting: %s, %s, seed %d", name, waits, seed)
          .isEqualTo(List.of(model.inForce, model.inflight.size(), model.waiting.size()));
      scene.assertConserved();
    }
  }

  private static void run(Random random, Scene scene, Model model) {
    List<RecordingTicket> tickets = new ArrayList<>();
    Set<Integer> mayEnterAgain = new HashSet<>();
    for (int call = 0; call < CALLS; call++) {
      int id = random.nextInt(tickets.size() + 1);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          if (id == tickets.size()) {
            Waiter traits = new Waiter(id, 0);
            tickets.add(
                scene
                    .ticket(Integer.toString(id))
                    .urgency(traits.urgency())
                    .budget(traits.budgetNanos()));
            tickets
                .get(id)
                .whenShed(
                    () -> {
                      if (mayEnterAgain.remove(id)) {
                        scene.enter(tickets.get(id));
                      }
                    });
          }
          if (tickets.get(id).settled()) { // new, or back again
            if (id % 3 == 0) {
              mayEnterAgain.add(id);
            }
            scene.enter(tickets.get(id));
            model.enter(id);
          }
        }
        case 3, 4 -> {
          if (model.inflight.containsKey(id)) {
            Outcome outcome = Outcome.values()[random.nextInt(3)];
            scene.gate.leave(tickets.get(id), outcome);
            model.leave(id, outcome);
          }
        }
        case 5 -> {
          if (id < tickets.size()) {
            tickets.get(id).abandon();
            model.abandon(id);
          }
        }
        case 6 -> {
          scene.gate.tick();
          model.tick();
        }
        default -> {
          long nanos = random.nextInt(60);
          scene.clock.advance(nanos);
          model.now += nanos;
        }
      }
    }
  }

  /** The contract of the gate, sequentially. */
  private static final class Model {
    private record Running(long admittedNanos, long waitedNanos, int inflight) {}

    final List<String> journal = new ArrayList<>();
    final Map<Integer, Running> inflight = new HashMap<>();
    final List<Waiter> waiting = new ArrayList<>();
    private final Set<Integer> mayEnterAgain = new HashSet<>();
    private final Queue<Integer> entersAgain = new ArrayDeque<>();
    int inForce;
    long now;
    private final Limit limit;
    private final Discipline waits;

    Model(Limit limit, Discipline waits, long now) {
      this.limit = limit;
      this.inForce = limit.initial();
      this.waits = waits;
      this.now = now;
    }

    void enter(int id) {
      if (id % 3 == 0) {
        mayEnterAgain.add(id);
      }
      if (waiting.isEmpty() && inflight.size() < inForce) {
        admit(new Waiter(id, now));
      } else if (waiting.size() == waits.capacity && waits.claim == null) {
        shed(id, waits.capacity == 0 ? Shed.LIMIT : Shed.FULL); // without being asked
      } else {
        ask(id);
      }
      enterAgain();
    }

    private void ask(int id) {
      expire();
      waiting.add(new Waiter(id, now));
      if (waiting.size() > waits.capacity && (waits.capacity > 0 || inflight.size() >= inForce)) {
        Waiter weakest = weakest();
        waiting.remove(weakest);
        shed(weakest.id, waits.capacity == 0 ? Shed.LIMIT : Shed.FULL);
      }
      serve();
    }

    /** Who enters from a callback: one after the other, when the call that shed them is over. */
    private void enterAgain() {
      while (!entersAgain.isEmpty()) {
        ask(entersAgain.remove());
      }
    }

    private void shed(int id, Shed reason) {
      journal.add(id + " " + reason);
      if (mayEnterAgain.remove(id)) {
        entersAgain.add(id);
      }
    }

    /** The last of a stable sort: of equals, the newest. */
    private Waiter weakest() {
      Comparator<Waiter> claim = waits.claim;
      if (claim == null) {
        return newest(waiting);
      }
      return waiting.stream().sorted(claim).reduce((a, b) -> b).orElseThrow();
    }

    void leave(int id, Outcome outcome) {
      Running done = inflight.remove(id);
      if (outcome != Outcome.IGNORED) {
        long elapsed = now - done.admittedNanos;
        inForce =
            limit.next(
                inForce, new TestSample(now, done.waitedNanos, elapsed, done.inflight, outcome));
      }
      serve();
      enterAgain();
    }

    void abandon(int id) {
      if (waiting.removeIf(waiter -> waiter.id == id)) {
        shed(id, Shed.ABANDONED);
        serve();
        enterAgain();
      }
    }

    void tick() {
      serve();
      enterAgain();
    }

    private void serve() {
      expire();
      while (!waiting.isEmpty() && inflight.size() < inForce) {
        Waiter next = waits.next.apply(waiting);
        waiting.remove(next);
        admit(next);
      }
    }

    private void expire() {
      for (Waiter waiter : waiting.stream().sorted(waits.evictions).toList()) {
        if (now - waiter.enteredNanos >= waits.patience.applyAsLong(waiter)) {
          waiting.remove(waiter);
          shed(waiter.id, Shed.EXPIRED);
        }
      }
    }

    private void admit(Waiter waiter) {
      journal.add(waiter.id + " admitted");
      inflight.put(waiter.id, new Running(now, now - waiter.enteredNanos, inflight.size() + 1));
    }
  }
}
