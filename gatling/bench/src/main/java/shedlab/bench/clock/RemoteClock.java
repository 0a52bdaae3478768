package shedlab.bench.clock;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import shedlab.admission.NanoClock;
import shedlab.report.clock.ClockExchange;
import shedlab.report.clock.ClockOffset;

/** The clock of another process, perhaps on another machine, of which one asks the time. */
public final class RemoteClock {
  /** Enough for one that nothing delayed. */
  private static final int EXCHANGES = 10;

  private final NanoClock here;
  private final Reading there;

  /** One question to the other clock. */
  public interface Reading {
    /** What the clock says, in nanoseconds from a zero of its own. */
    long nanos() throws IOException, InterruptedException;
  }

  /** A clock that is held against this process's own. */
  public RemoteClock(NanoClock here, Reading there) {
    this.here = here;
    this.there = there;
  }

  /**
   * How far it is ahead of this process's clock, now: of several exchanges, one after the other,
   * what the fastest says.
   *
   * @throws IOException if it does not answer
   */
  public ClockOffset offset() throws IOException, InterruptedException {
    List<ClockExchange> exchanges = new ArrayList<>();
    for (int i = 0; i < EXCHANGES; i++) {
      long sent = here.nanos();
      long nanos = there.nanos();
      exchanges.add(new ClockExchange(sent, nanos, here.nanos()));
    }
    return ClockOffset.of(exchanges);
  }
}
