package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static shedlab.admission.TestSample.success;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Admission;
import shedlab.admission.Limit;
import shedlab.admission.ManualClock;
import shedlab.admission.Outcome;
import shedlab.admission.RecordingTicket;
import shedlab.limit.LimitContract;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/** Keeps the contract of every limit, and can be named like one that Shedlab ships. */
public class DoublingLimitTest extends LimitContract {
  @Override
  protected Limit fresh() {
    return new DoublingLimit(64, 1_000);
  }

  @Override
  protected int least() {
    return 1;
  }

  @Override
  protected int greatest() {
    return 64;
  }

  @Test
  void doublesAfterARoundOfFastRequestsAndHalvesOnALateOne() {
    Limit limit = fresh();
    List<Integer> limits = new ArrayList<>();
    int inForce = limit.initial();
    for (int i = 0; i < 7; i++) {
      inForce = limit.next(inForce, success(i, 1_000, inForce));
      limits.add(inForce);
    }
    limits.add(limit.next(inForce, success(8, 1_001, inForce)));

    assertThat(limits).containsExactly(2, 2, 4, 4, 4, 4, 8, 4);
  }

  @Test
  void isFoundOnTheClassPathAndIsNotInTheRegistry() {
    String text = "doubling:timeout=50ms+fifo:capacity=1";

    assertThat(Strategies.installed().parse(text))
        .hasToString("doubling:max=64,timeout=50ms+fifo:capacity=1,timeout=1s");
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> Strategies.builtIn().parse(text));
  }

  @Test
  void makesADoorThatFollowsIt() {
    ManualClock clock = new ManualClock(0);
    Admission door = Strategies.installed().parse("doubling").admission(clock);
    RecordingTicket ticket = new RecordingTicket("a", new ArrayList<>());
    door.enter(ticket);
    door.leave(ticket, Outcome.SUCCESS);

    assertThat(ticket.decisions()).containsExactly("admitted");
    assertThat(door.limit()).isEqualTo(2);
  }
}
