package shedlab.report.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runner's judgement of a cell.
 *
 * @param checks the validity certificate: of the load generator, the machine and the bookkeeping
 * @param findings what the server did, which never makes a cell invalid
 * @param failure why the cell has no figures; null if it ran to its end
 * @param predictedShedShare the prediction of queueing theory for this strategy; null if it has
 *     none
 * @param overheadSeconds wall-clock time besides its load and warm-ups; null if not known
 * @param gatlingReport path of Gatling's page below the run's folder; null if none was made
 */
public record Judgement(
    List<Check> checks,
    List<Finding> findings,
    @Nullable String failure,
    @Nullable Double predictedShedShare,
    @Nullable Double overheadSeconds,
    @Nullable String gatlingReport) {

  /**
   * Something that the server did under its strategy.
   *
   * @param value as measured
   * @param usual the bound within which nobody need look at it
   * @param remark a sentence on a value beyond that; empty for a usual one
   */
  public record Finding(String name, String value, String usual, String remark) {
    /** True if there is something to say. */
    public boolean remarkable() {
      return !remark.isEmpty();
    }
  }

  /**
   * The judgement of a cell that ran to its end, with neither findings, overhead nor Gatling's
   * page.
   */
  public static Judgement of(List<Check> checks, @Nullable Double predictedShedShare) {
    return new Judgement(checks, List.of(), null, predictedShedShare, null, null);
  }

  /** The judgement of a cell without figures. */
  public static Judgement failed(String reason, @Nullable Double overheadSeconds) {
    return new Judgement(List.of(), List.of(), reason, null, overheadSeconds, null);
  }

  /** True if the cell ran to its end and every check held. */
  public boolean valid() {
    return failure == null && checks.stream().allMatch(Check::ok);
  }
}
