package shedlab.limit;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.GradientLimit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.numbers.Xorshift;

/**
 * A limit of Netflix' for comparison. Two of them draw from the thread's own random numbers when to
 * probe; whenever they have, the number is overwritten, by reflection, with the next of ours.
 */
final class NetflixTwin implements StepForStep.Twin {
  private final Limit limit;
  private final Runnable redraw;

  /** A limit that draws nothing. */
  NetflixTwin(Limit limit) {
    this(limit, () -> {});
  }

  private NetflixTwin(Limit limit, Runnable redraw) {
    this.limit = limit;
    this.redraw = redraw;
    redraw.run();
  }

  /** Probes come when ours do. */
  NetflixTwin(VegasLimit limit) {
    this(limit, new VegasDraws(limit));
  }

  /** Probes come when ours do. */
  NetflixTwin(GradientLimit limit, int probe) {
    this(limit, new GradientDraws(limit, probe));
  }

  /** The same limit behind something. */
  NetflixTwin behind(Limit front) {
    return new NetflixTwin(front, redraw);
  }

  @Override
  public int next(Sample sample) {
    limit.onSample(
        sample.completedNanos() - sample.elapsedNanos(),
        sample.elapsedNanos(),
        sample.inflight(),
        sample.outcome() == Outcome.DROPPED);
    redraw.run();
    return limit.getLimit();
  }

  private static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another version than the one compared with", e);
    }
  }

  /** What it drew stands in a field until it draws again. */
  private static final class VegasDraws implements Runnable {
    private final VarHandle drawn = field(VegasLimit.class, "probeJitter", double.class);
    private final Xorshift ours = new Xorshift();
    private final VegasLimit limit;
    private double inForce = Double.NaN;

    VegasDraws(VegasLimit limit) {
      this.limit = limit;
    }

    @Override
    public void run() {
      if ((double) drawn.get(limit) != inForce) {
        inForce = 0.5 + 0.5 * ours.next();
        drawn.set(limit, inForce);
      }
    }
  }

  /** What it drew is counted down until it draws again. */
  private static final class GradientDraws implements Runnable {
    private final VarHandle drawn = field(GradientLimit.class, "resetRttCounter", int.class);
    private final Xorshift ours = new Xorshift();
    private final GradientLimit limit;
    private final int probe;
    private int before = Integer.MIN_VALUE;

    GradientDraws(GradientLimit limit, int probe) {
      this.limit = limit;
      this.probe = probe;
    }

    @Override
    public void run() {
      if ((int) drawn.get(limit) > before) {
        drawn.set(limit, probe + (int) (probe * ours.next()));
      }
      before = (int) drawn.get(limit);
    }
  }
}
