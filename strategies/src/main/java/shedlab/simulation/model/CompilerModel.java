package shedlab.simulation.model;

import java.time.Duration;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;
import shedlab.spec.SpecException;

/**
 * The just-in-time compiler of a server that has just started. As HotSpot does, it compiles what
 * has been executed often enough: requests that complete ask it for work, and it does that work on
 * a thread of its own, at the priority of the workers. So a server whose workers leave it no core
 * stays slow for longer. What is compiled runs at full speed and the rest in the interpreter, so
 * with a share x of the compiler's work done a request takes {@code x + slow (1 - x)} times as long
 * as with all of it (Amdahl 1967).
 *
 * <p>One thread, no profile that turns out wrong, no intermediate tier, and no code that is hotter
 * than other code: a real server is faster after the first tenth of the work, and slow again now
 * and then.
 *
 * @param slow how many times as long a request takes while nothing is compiled
 * @param after how many requests have to complete until all of the work has been asked for; each
 *     asks for the same part
 * @param work CPU time of the compiler, in all
 */
public record CompilerModel(double slow, int after, Duration work) {
  /** Everything is compiled from the start. */
  public static final CompilerModel NONE = new CompilerModel(1, 1, Duration.ZERO);

  private static final Parameter<Double> SLOW = Parameter.real("slow", "interpreted", 1, 100);
  private static final Parameter<Integer> AFTER =
      Parameter.integer("after", "requests until all is asked for", 1, 1_000_000_000);
  private static final Parameter<Duration> WORK = Parameter.duration("work", "CPU time");
  private static final Definition<CompilerModel> FORM =
      new Definition<>("compiler", "", "-", CompilerModel::of, SLOW, AFTER, WORK);

  private static CompilerModel of(Spec spec) {
    return new CompilerModel(spec.get(SLOW), spec.get(AFTER), spec.get(WORK));
  }

  /**
   * Reads {@code slow=10,after=2000,work=4s}, or {@code none}.
   *
   * @throws SpecException for an unknown or a missing key, or a value against its rule
   */
  public static CompilerModel read(String text) {
    return text.equals("none") ? NONE : FORM.make(FORM.parse(text));
  }

  /** Throws {@link SpecException} for an impossible value. */
  public CompilerModel {
    SpecException.check(slow >= 1, "slow", slow, "a number from 1");
    SpecException.check(after >= 1, "after", after, "a whole number from 1");
    SpecException.check(!work.isNegative(), "work", work, "zero or more");
  }

  /**
   * The speed of requests.
   *
   * @param compiledNanos how much of the compiler's work is done
   */
  public double speed(double compiledNanos) {
    double all = work.toNanos();
    return compiledNanos >= all ? 1 : 1 / (slow - (slow - 1) * compiledNanos / all);
  }

  /**
   * The most work that a core can do for requests until this time after a start: as if the compiler
   * had a core of its own beside it, and something to do from the start.
   */
  public double mostWork(double nanos) {
    if (slow == 1 || work.isZero()) {
      return nanos;
    }
    double all = work.toNanos();
    double compiled = Math.min(nanos, all);
    double meanwhile = all / (slow - 1) * StrictMath.log(slow * speed(compiled));
    return meanwhile + (nanos - compiled);
  }

  /** The canonical text; {@link #read} reads it back. */
  @Override
  public String toString() {
    return work.isZero() ? "none" : SLOW.at(slow) + "," + AFTER.at(after) + "," + WORK.at(work);
  }
}
