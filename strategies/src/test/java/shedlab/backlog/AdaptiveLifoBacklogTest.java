package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;

class AdaptiveLifoBacklogTest extends ModelledBacklogContract {
  @Override
  protected Backlog fresh() {
    return new AdaptiveLifoBacklog(CAPACITY, TIMEOUT, 0.5);
  }

  @Override
  protected Model model() {
    return waiting -> waiting.get(waiting.size() > 2.5 ? waiting.size() - 1 : 0);
  }

  /** Without the active expiry they would keep their places until their turn, which never comes. */
  @Test
  void theOldestExpireWhileTheNewestAreServed() {
    Backlog lifo = fresh();
    for (int i = 0; i < CAPACITY; i++) {
      lifo.offer(ticket("old " + i).arrivedAt(0), 0);
    }
    int givenUp = 0;
    for (int now = 1; now <= 200; now++) { // one comes and one goes, each nanosecond
      while (lifo.evict(now) != null) {
        givenUp++;
      }
      assertThat(lifo.poll(now)).isNotNull();
      lifo.offer(ticket("new " + now).arrivedAt(now), now);
    }

    assertThat(givenUp).isEqualTo(CAPACITY - 1);
  }
}
