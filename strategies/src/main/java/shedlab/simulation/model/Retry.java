package shedlab.simulation.model;

import java.time.Duration;
import java.util.List;
import shedlab.load.Named;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;
import shedlab.spec.SpecException;

/**
 * When a client tries again after a refusal or a timeout.
 *
 * @param tries at most so many, the first included
 * @param base the longest pause before the second try; it doubles from try to try
 * @param most the longest pause
 * @param jitter whether a pause is drawn evenly from zero to its longest ("full jitter": Brooker,
 *     AWS Architecture Blog 2015)
 * @param budget retries per first try, over all clients together: a bucket of tokens as in Finagle
 *     and the AWS SDKs; infinite for none
 * @param honoursRetryAfter whether the time in a refusal's {@code Retry-After} is added to the
 *     pause
 */
public record Retry(
    int tries,
    Duration base,
    Duration most,
    boolean jitter,
    double budget,
    boolean honoursRetryAfter) {
  /** Never. */
  public static final Retry NONE = immediate(1);

  private enum Answer {
    YES,
    NO
  }

  private static final Parameter<Integer> TRIES =
      Parameter.integer("tries", "the first included", 2, 100).defaultsTo(3);
  private static final Parameter<Duration> BASE =
      Parameter.duration("base", "longest first pause").defaultsTo(Duration.ofMillis(100));
  private static final Parameter<Duration> MOST =
      Parameter.duration("most", "longest pause").defaultsTo(Duration.ofSeconds(2));
  private static final Parameter<Double> BUDGET =
      new Parameter<>(
          "budget",
          "retries per first try",
          "a number from 0 to 100, or none",
          Double.POSITIVE_INFINITY,
          text ->
              text.equals("none")
                  ? Double.POSITIVE_INFINITY
                  : Parameter.real("budget", "", 0, 100).read(text),
          value -> value.isInfinite() ? "none" : value.toString());
  private static final Parameter<Answer> RETRY_AFTER =
      Parameter.choice("retry-after", "honoured", Answer.class).defaultsTo(Answer.NO);

  private static final List<Definition<Retry>> DEFINITIONS =
      List.of(
          new Definition<>("none", "never", "-", spec -> NONE),
          new Definition<>(
              "immediate",
              "at once",
              "-",
              spec -> with(spec, immediate(spec.get(TRIES))),
              TRIES,
              BUDGET,
              RETRY_AFTER),
          new Definition<>(
              "backoff",
              "after doubling pauses with full jitter",
              "Brooker, AWS Architecture Blog 2015",
              spec -> with(spec, exponential(spec.get(TRIES), spec.get(BASE), spec.get(MOST))),
              TRIES,
              BASE,
              MOST,
              BUDGET,
              RETRY_AFTER));

  /**
   * Reads {@code none}, {@code immediate:tries=3,budget=none,retry-after=no} or {@code
   * backoff:tries=3,base=100ms,most=2s,budget=0.1,retry-after=yes}.
   *
   * @throws SpecException for an unknown name or key, or a value against its rule
   */
  public static Retry parse(String text) {
    return Named.read("retry", text, DEFINITIONS).value();
  }

  private static Retry with(Spec spec, Retry plain) {
    Retry budgeted = plain.withBudget(spec.get(BUDGET));
    return spec.get(RETRY_AFTER) == Answer.YES ? budgeted.honouringRetryAfter() : budgeted;
  }

  /** Throws {@link SpecException} for an impossible value. */
  public Retry {
    SpecException.check(tries >= 1, "tries", tries, "a whole number from 1");
    SpecException.check(budget >= 0, "budget", budget, "a number from 0");
    SpecException.check(!base.isNegative(), "base", base, "zero or more");
    if (most.compareTo(base) < 0) {
      throw new SpecException("most", MOST.writer().apply(most), "base or more");
    }
  }

  /** At once. */
  public static Retry immediate(int tries) {
    return new Retry(tries, Duration.ZERO, Duration.ZERO, false, Double.POSITIVE_INFINITY, false);
  }

  /** After pauses that double, with full jitter. */
  public static Retry exponential(int tries, Duration base, Duration most) {
    return new Retry(tries, base, most, true, Double.POSITIVE_INFINITY, false);
  }

  /** The same with a retry budget. */
  public Retry withBudget(double perFirstTry) {
    return new Retry(tries, base, most, jitter, perFirstTry, honoursRetryAfter);
  }

  /** The same, waiting for {@code Retry-After} before the pause. */
  public Retry honouringRetryAfter() {
    return new Retry(tries, base, most, jitter, budget, true);
  }

  /**
   * The pause after {@code tried} tries.
   *
   * @param draw from 0 to 1, for the jitter
   */
  public long pauseNanos(int tried, double draw) {
    double longest =
        Math.min((double) most.toNanos(), base.toNanos() * StrictMath.pow(2, tried - 1));
    return (long) (jitter ? draw * longest : longest);
  }
}
