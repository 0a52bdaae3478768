package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.limit.AimdLimit;
import shedlab.limit.FixedLimit;
import shedlab.limit.NoLimit;

/**
 * The gate against a model that is too simple to be wrong: one thread, one list, no word, no inbox.
 * Random calls, the same for both; the decisions must be the same, in the same order.
 */
class GateModelTest {
  private static final int SEQUENCES = 10_000;
  private static final int CALLS = 60;
  private static final int CAPACITY = 3;
  private static final long TIMEOUT_NANOS = 100;

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
                Stream.of(0, CAPACITY)
                    .map(capacity -> Arguments.of(limit.getKey(), limit.getValue(), capacity)));
  }

  @ParameterizedTest(name = "{0}, {2} may wait")
  @MethodSource("strategies")
  void decidesLikeTheModel(String name, Supplier<Limit> limit, int capacity) {
    for (int seed = 0; seed < SEQUENCES; seed++) {
      Backlog backlog = capacity == 0 ? new NoBacklog() : new FifoBacklog(capacity, TIMEOUT_NANOS);
      Scene scene = new Scene(limit.get(), backlog);
      Model model = new Model(limit.get(), capacity, scene.clock.nanos());
      run(new Random(seed), scene, model);

      assertThat(scene.journal).as("%s, seed %d", name, seed).isEqualTo(model.journal);
      assertThat(List.of(scene.limit(), scene.inflight(), scene.waiting()))
          .as("limit, in flight, waiting: %s, seed %d", name, seed)
          .isEqualTo(List.of(model.inForce, model.inflight.size(), model.waiting.size()));
      scene.assertConserved();
    }
  }

  private static void run(Random random, Scene scene, Model model) {
    List<RecordingTicket> tickets = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      int id = random.nextInt(tickets.size() + 1);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          if (id == tickets.size()) {
            tickets.add(scene.ticket(Integer.toString(id)));
          }
          if (tickets.get(id).settled()) { // new, or back again
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

  /** What the gate promises, said sequentially. */
  private static final class Model {
    private record Waiter(int id, long enteredNanos) {}

    private record Running(long admittedNanos, long waitedNanos, int inflight) {}

    final List<String> journal = new ArrayList<>();
    final Map<Integer, Running> inflight = new HashMap<>();
    final Deque<Waiter> waiting = new ArrayDeque<>();
    int inForce;
    long now;
    private final Limit limit;
    private final int capacity;

    Model(Limit limit, int capacity, long now) {
      this.limit = limit;
      this.inForce = limit.initial();
      this.capacity = capacity;
      this.now = now;
    }

    void enter(int id) {
      if (waiting.isEmpty() && inflight.size() < inForce) {
        admit(new Waiter(id, now));
      } else if (waiting.size() == capacity) {
        journal.add(id + (capacity == 0 ? " LIMIT" : " FULL"));
      } else {
        expire();
        waiting.add(new Waiter(id, now));
      }
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
    }

    void abandon(int id) {
      if (waiting.removeIf(waiter -> waiter.id == id)) {
        journal.add(id + " ABANDONED");
        serve();
      }
    }

    void tick() {
      serve();
    }

    private void serve() {
      expire();
      while (!waiting.isEmpty() && inflight.size() < inForce) {
        admit(waiting.remove());
      }
    }

    private void expire() {
      while (!waiting.isEmpty() && now - waiting.element().enteredNanos >= TIMEOUT_NANOS) {
        journal.add(waiting.remove().id + " EXPIRED");
      }
    }

    private void admit(Waiter waiter) {
      journal.add(waiter.id + " admitted");
      inflight.put(waiter.id, new Running(now, now - waiter.enteredNanos, inflight.size() + 1));
    }
  }
}
