package shedlab.bench.setting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import shedlab.report.pair.Precision;
import shedlab.spec.Parameter;

/** The keys that say how many blocks a run measures; a block has every cell once. */
public final class BlockKeys {
  public static final Setting<Integer> REPEATS =
      Setting.of(Parameter.integer("repeats", "", 1, 1_000))
          .means("How often every cell is measured.")
          .or("1");

  public static final Setting<Optional<Double>> PRECISION =
      Setting.of(
              Precision.FORM.key(),
              Precision.FORM.rule() + ", or none",
              Reading.optional(Precision.FORM::read))
          .means(
              "Instead of `repeats`: goes on, block by block, until the difference in goodput of every"
                  + " strategy from the reference is known to so much, or is certainly greater.")
          .or(Schema.NONE);

  public static final Setting<Duration> BUDGET =
      Setting.of(Parameter.duration("budget", ""))
          .means(
              "How long a run with a `precision` goes on at most; it measures three blocks anyway.")
          .or("30min");

  /** In the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(REPEATS, PRECISION, BUDGET);

  private BlockKeys() {}
}
