package shedlab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.HostView;
import shedlab.admission.Signal;

class WakeUpProbeTest {
  private static final long MICRO = 1_000;

  private final List<Runnable> threads = new ArrayList<>();
  private long now;
  private final WakeUpProbe probe =
      new WakeUpProbe(() -> now, nanos -> now += nanos + 60 * MICRO, threads::add);

  @Test
  void itsThreadBeginsWithTheFirstReading() {
    ProcessView host = new ProcessView(probe);
    assertThat(threads).isEmpty();
    assertThat(host.wakeUps()).isZero();
    host.wakeUps();
    assertThat(threads).hasSize(1);
    threads.get(0).run();

    // A round of a second in which somebody read, and one in which nobody did: 1 s / 1.06 ms each.
    assertThat(host.wakeUps()).isEqualTo(2 * 944);
    assertThat(host.lateNanos(host.wakeUps() - 1)).isEqualTo(60 * MICRO);
  }

  @Test
  void afterASecondWithoutAReadingItEndsAndTheNextOneStartsIt() {
    ProcessView host = new ProcessView(probe);
    host.wakeUps();
    threads.get(0).run();
    now += 3_600_000_000L * MICRO;
    host.wakeUps();
    assertThat(threads).hasSize(2);
    threads.get(1).run();

    assertThat(host.wakeUps()).isEqualTo(4 * 944);
  }

  @Test
  void anInterruptEndsItsThread() {
    ProcessView host = new ProcessView(probe);
    host.wakeUps();
    Thread.currentThread().interrupt();
    threads.get(0).run();
    assertThat(Thread.interrupted()).isTrue();
    host.wakeUps();

    assertThat(threads).hasSize(2);
  }

  @Test
  void aThreadThatDiesIsReplacedAtTheNextReading() {
    ProcessView host =
        new ProcessView(
            new WakeUpProbe(
                () -> now,
                nanos -> {
                  throw new IllegalStateException("broken");
                },
                threads::add));
    host.wakeUps();
    assertThatThrownBy(threads.get(0)::run).hasMessage("broken");
    host.wakeUps();

    assertThat(threads).hasSize(2);
  }

  @Test
  void theLogKeepsTheLastOnes() {
    WakeUpLog log = new WakeUpLog();
    for (long late = 0; late < HostView.WAKE_UPS + 10; late++) {
      log.add(late);
    }

    assertThat(log.count()).isEqualTo(HostView.WAKE_UPS + 10);
    assertThat(log.lateNanos(10)).isEqualTo(10);
    assertThat(log.lateNanos(HostView.WAKE_UPS + 9)).isEqualTo(HostView.WAKE_UPS + 9);
  }

  @Test
  void aViewTellsWakeUpsIfItHasAProbeAndOfRequestsWhatItsHostSays() {
    assertThat(new ProcessView().tells()).containsExactly(Signal.CPU);
    assertThat(new ProcessView(Signal.RUNNABLE).tells())
        .containsExactly(Signal.CPU, Signal.RUNNABLE);
    assertThat(new ProcessView(probe, Signal.REQUEST_CPU).tells())
        .containsExactly(Signal.CPU, Signal.REQUEST_CPU, Signal.WAKE_UPS);
  }
}
