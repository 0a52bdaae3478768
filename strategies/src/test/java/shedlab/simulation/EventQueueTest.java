package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final int EVENTS = 12;
  private static final int AHEAD = 6;
  private static final int END = 3_000;

  /** Every timeout also as an event of its own, which is what a list of timeouts must look like. */
  @Test
  void timeoutsHappenAmongOtherEventsInTheOrderInWhichAllWereSet() {
    int all = 0;
    for (long seed = 0; seed < 200; seed++) {
      List<String> happened = new Play(seed, true).happened();
      assertThat(happened).as("seed %d", seed).isEqualTo(new Play(seed, false).happened());
      all += happened.size();
    }
    assertThat(all).isGreaterThan(20_000);
  }

  /** Events and timeouts that set and cancel each other at random; many at the same nanosecond. */
  private static final class Play {
    private final EventQueue queue = new EventQueue();
    private final EventQueue.Timeouts inList = queue.new Timeouts(AHEAD);
    private final List<EventQueue.Timeout> timeouts = new ArrayList<>();
    private final List<Heap.Entry<Runnable>> alone = new ArrayList<>();
    private final List<Heap.Entry<Runnable>> others = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final Random random;
    private final IntConsumer set;
    private final IntConsumer cancel;

    Play(long seed, boolean asList) {
      random = new Random(seed);
      for (int i = 0; i < EVENTS; i++) {
        String timeout = "timeout " + i;
        timeouts.add(new EventQueue.Timeout(() -> happen(timeout)));
        alone.add(EventQueue.event(() -> happen(timeout)));
        String other = "event " + i;
        others.add(EventQueue.event(() -> happen(other)));
      }
      cancel = asList ? i -> inList.cancel(timeouts.get(i)) : i -> queue.cancel(alone.get(i));
      set =
          asList
              ? i -> inList.set(timeouts.get(i))
              : i -> queue.at(alone.get(i), queue.nanos() + AHEAD);
    }

    List<String> happened() {
      queue.at(EventQueue.event(() -> happen("first")), 0);
      queue.at(others.get(0), END / 2); // if all others have ended
      queue.runUntil(END);
      return happened;
    }

    private void happen(String what) {
      happened.add(what + " at " + queue.nanos());
      for (int i = random.nextInt(4); i >= 0; i--) {
        int which = random.nextInt(EVENTS);
        switch (random.nextInt(4)) {
          case 0, 1 -> {
            cancel.accept(which);
            set.accept(which);
          }
          case 2 -> cancel.accept(which);
          default -> queue.at(others.get(which), queue.nanos() + random.nextInt(2 * AHEAD));
        }
      }
    }
  }
}
