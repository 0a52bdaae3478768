package shedlab.report.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import shedlab.report.finding.Runs;
import shedlab.report.metric.Summary;
import shedlab.report.result.CellResult;
import shedlab.report.result.TenantResult;
import shedlab.report.statistics.Median;

/** The share of each kind of client's requests that was answered in time. */
public final class Fairness {
  /**
   * A tenant in a row.
   *
   * @param urgency of its requests, 0 (most) to 7 (least)
   * @param good requests answered in time as a share of all of them; the median of the valid runs
   */
  public record Share(Summary.Row row, String tenant, int urgency, double good) {}

  private Fairness() {}

  /** In the order of the rows; empty if all clients are alike. */
  public static List<Share> of(Summary summary, List<CellResult> cells) {
    var shares = new ArrayList<Share>();
    if (cells.stream().allMatch(c -> c.clientSide().tenants().isEmpty())) {
      return shares;
    }
    for (Summary.Row row : summary.rows()) {
      List<CellResult> valid = Runs.valid(row, cells);
      Set<String> names = new LinkedHashSet<>();
      valid.forEach(c -> c.clientSide().tenants().forEach(t -> names.add(t.name())));
      for (String name : names) {
        List<TenantResult> all =
            valid.stream()
                .flatMap(c -> c.clientSide().tenants().stream())
                .filter(t -> t.name().equals(name))
                .toList();
        double good =
            Median.ofFinite(
                all.stream()
                    .filter(t -> t.outcomes().total() > 0)
                    .mapToDouble(t -> (double) t.outcomes().good() / t.outcomes().total()));
        shares.add(new Share(row, name, all.get(0).urgency(), good));
      }
    }
    return List.copyOf(shares);
  }
}
