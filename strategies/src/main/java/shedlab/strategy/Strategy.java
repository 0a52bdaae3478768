package shedlab.strategy;

import java.util.function.Supplier;
import shedlab.admission.Backlog;
import shedlab.admission.Gate;
import shedlab.admission.Limit;
import shedlab.admission.NanoClock;

/** An admission strategy: its canonical text, and the gates it makes. Immutable. */
public final class Strategy {
  private final String text;
  private final Supplier<Limit> limit;
  private final Supplier<Backlog> backlog;

  Strategy(String text, Supplier<Limit> limit, Supplier<Backlog> backlog) {
    this.text = text;
    this.limit = limit;
    this.backlog = backlog;
  }

  /** A fresh gate under this strategy. */
  public Gate gate(NanoClock clock) {
    return new Gate(limit.get(), backlog.get(), clock);
  }

  /** The canonical text, every default written out; {@link Strategies#parse} reads it back. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Strategy that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
