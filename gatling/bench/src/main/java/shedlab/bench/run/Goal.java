package shedlab.bench.run;

import java.time.Duration;
import java.util.List;
import shedlab.admission.NanoClock;
import shedlab.bench.experiment.Plan;
import shedlab.bench.setting.BlockKeys;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.RunFiles;

/**
 * How many blocks a run measures. With {@code repeats}, so many. With {@code precision}, at least
 * {@value Pairs#LEAST_BLOCKS}, then more until every pair that matters is settled or the budget is
 * spent. Cells of an interrupted session count; its time does not. Not thread-safe.
 */
public final class Goal {
  private static final int A_TENTH = 10;

  private final Plan whole;
  private final RunFiles files;
  private final NanoClock clock;
  private final long startNanos;
  private final int before;
  private int blocks;
  private Duration repeats = Duration.ZERO;

  /** The goal of a run that begins or goes on now. */
  public Goal(Plan whole, RunFiles files) {
    this(whole, files, NanoClock.SYSTEM);
  }

  Goal(Plan whole, RunFiles files, NanoClock clock) {
    this.whole = whole;
    this.files = files;
    this.clock = clock;
    this.startNanos = clock.nanos();
    this.before = blocksMeasured();
    this.blocks = adaptive() ? Math.max(Pairs.LEAST_BLOCKS, before) : whole.blocks();
  }

  private boolean adaptive() {
    return whole.experiment().precision().isPresent();
  }

  private int blocksMeasured() {
    return files.finalCells().stream().mapToInt(cell -> cell.key().repeat()).max().orElse(0);
  }

  /** The cells to measure, as far as is known now. */
  public Plan plan() {
    return whole.until(blocks);
  }

  /** True if every planned cell has been measured. */
  public boolean reached() {
    return files.finalCells().size() == plan().size();
  }

  /** Looks at what has been measured; true if there are more blocks to measure now. */
  boolean goOn() {
    if (!adaptive()) {
      return false;
    }
    int wanted = Math.min(wanted(), whole.blocks());
    int next = Math.min(wanted, blocks + affordable());
    boolean more = next > blocks;
    blocks = Math.max(blocks, next);
    return more;
  }

  private int wanted() {
    return Precision.of(files.manifest()).blocks(pairs(), blocksMeasured());
  }

  private Pairs pairs() {
    return Pairs.of(files.manifest(), files.finalCells());
  }

  private int affordable() {
    Duration last = whole.estimate(whole.size()); // the calibrations at the end
    Duration left =
        whole.experiment().settings().get(BlockKeys.BUDGET).minus(elapsed()).minus(last);
    return (int) Math.max(0, left.toMillis() / Math.max(1, perBlock().toMillis()));
  }

  /**
   * Whether a calibration after the last cell may be repeated. All such repeats together take at
   * most a tenth of the run, so that it ends near the time that it announced, and none goes beyond
   * the budget.
   *
   * @param repeat about how long it takes
   * @param rest what is planned after it
   */
  boolean affords(Duration repeat, Duration rest) {
    Duration all = repeats.plus(repeat);
    Duration run = longer(elapsed(), plan().estimate(0));
    boolean fits =
        all.compareTo(run.dividedBy(A_TENTH)) <= 0
            && (!adaptive() || elapsed().plus(repeat).plus(rest).compareTo(budget()) <= 0);
    repeats = fits ? all : repeats;
    return fits;
  }

  /** How long a run with a precision takes at most: three blocks even if they take longer. */
  public Duration budget() {
    Duration least = whole.until(Pairs.LEAST_BLOCKS).estimate(0);
    return longer(whole.experiment().settings().get(BlockKeys.BUDGET), least);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** What a block has taken in this session, or what it is planned to take. */
  private Duration perBlock() {
    int measured = blocks - before;
    return measured > 0
        ? elapsed().dividedBy(measured)
        : whole.estimate(0).dividedBy(whole.blocks());
  }

  private Duration elapsed() {
    return Duration.ofNanos(clock.nanos() - startNanos);
  }

  /** The pairs that the run could not settle. */
  public List<Pair> open() {
    return adaptive() ? Precision.of(files.manifest()).open(pairs()) : List.of();
  }

  /** How much longer the run would have to go on to settle them, as far as can be told. */
  public Duration needed() {
    return perBlock().multipliedBy(Math.max(1, wanted() - blocks));
  }
}
