package shedlab.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import shedlab.report.Document;
import shedlab.report.account.CpuAccount;
import shedlab.report.account.CpuAccounts;
import shedlab.report.account.CpuUse;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.RunFiles;
import shedlab.report.statistics.Difference;
import shedlab.report.text.Numbers;

/**
 * Where the CPU time of the servers' CPUs went in two runs: the shares that differ by more than a
 * point and by more than the blocks of the runs do among themselves.
 */
final class CpuDifferences {
  private static final double LEAST = 0.01;

  private static final List<String> COLUMNS =
      List.of("server", "strategy", "load", "CPU time of", "A", "B", "difference", "95 % interval");

  private static final int WORDS = 4;

  /**
   * A share under one condition, in blocks with the same number.
   *
   * @param before the mean of A, as a share of 1; likewise the next
   * @param difference of B minus A
   */
  private record Changed(
      Condition condition, CpuUse use, double before, double after, Difference difference) {
    boolean matters() {
      return Math.abs(difference.mean()) > LEAST
          && Math.abs(difference.mean()) > difference.halfWidth();
    }

    List<String> row() {
      return List.of(
          condition.server(),
          PairRow.strategy(condition),
          Numbers.load(condition.load()),
          use.title(),
          Numbers.percent(before),
          Numbers.percent(after),
          Numbers.points(difference.mean()),
          Numbers.points(difference.mean() - difference.halfWidth())
              + " to "
              + Numbers.points(difference.mean() + difference.halfWidth()));
    }
  }

  private final boolean beforeTells;
  private final boolean afterTells;
  private final List<Changed> all;

  private CpuDifferences(boolean beforeTells, boolean afterTells, List<Changed> all) {
    this.beforeTells = beforeTells;
    this.afterTells = afterTells;
    this.all = List.copyOf(all);
  }

  /**
   * Compares the two.
   *
   * @throws IOException that names the file, if the samples of a cell cannot be read
   */
  static CpuDifferences between(RunFiles before, RunFiles after) throws IOException {
    CpuAccounts one = CpuAccounts.read(before);
    CpuAccounts other = CpuAccounts.read(after);
    Map<Condition, Map<Integer, CpuAccount>> blocks = byBlock(before, one);
    Map<Condition, Map<Integer, CpuAccount>> others = byBlock(after, other);
    List<Changed> all = new ArrayList<>();
    blocks.forEach(
        (condition, mine) ->
            all.addAll(changed(condition, mine, others.getOrDefault(condition, Map.of()))));
    return new CpuDifferences(!one.byCell().isEmpty(), !other.byCell().isEmpty(), all);
  }

  /** The accounts of the valid cells of each condition, by block. */
  private static Map<Condition, Map<Integer, CpuAccount>> byBlock(
      RunFiles run, CpuAccounts accounts) {
    Map<Condition, Map<Integer, CpuAccount>> found = new LinkedHashMap<>();
    Condition.grouped(run.manifest(), run.cells())
        .forEach(
            (condition, cells) -> {
              Map<Integer, CpuAccount> blocks = new LinkedHashMap<>();
              for (CellResult cell : cells) {
                CpuAccount account = accounts.byCell().get(cell.key().id());
                if (cell.valid() && account != null) {
                  blocks.put(cell.key().repeat(), account);
                }
              }
              found.put(condition, blocks);
            });
    return found;
  }

  private static List<Changed> changed(
      Condition condition, Map<Integer, CpuAccount> before, Map<Integer, CpuAccount> after) {
    List<Integer> blocks = before.keySet().stream().filter(after::containsKey).sorted().toList();
    Set<CpuUse> told = EnumSet.allOf(CpuUse.class);
    for (int block : blocks) {
      told.retainAll(told(before, block));
      told.retainAll(told(after, block));
    }
    Map<CpuUse, Changed> changed = new EnumMap<>(CpuUse.class);
    for (CpuUse use : blocks.isEmpty() ? Set.<CpuUse>of() : told) {
      double[] a = shares(before, blocks, told, use);
      double[] b = shares(after, blocks, told, use);
      double[] differences = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        differences[i] = b[i] - a[i];
      }
      Difference mean = Difference.mean(differences);
      changed.put(
          use,
          new Changed(condition, use, Difference.mean(a).mean(), Difference.mean(b).mean(), mean));
    }
    return List.copyOf(changed.values());
  }

  private static Collection<CpuUse> told(Map<Integer, CpuAccount> accounts, int block) {
    return Optional.ofNullable(accounts.get(block)).map(a -> a.shares().keySet()).orElse(Set.of());
  }

  private static double[] shares(
      Map<Integer, CpuAccount> accounts, List<Integer> blocks, Set<CpuUse> told, CpuUse use) {
    return blocks.stream()
        .flatMap(block -> Optional.ofNullable(accounts.get(block)).stream())
        .mapToDouble(account -> account.telling(told).share(use))
        .toArray();
  }

  /** Adds a heading and a table, or a sentence; nothing if neither run tells it. */
  void addTo(Document page) {
    if (!beforeTells && !afterTells) {
      return;
    }
    page.heading("Where the servers' CPU went");
    if (!beforeTells || !afterTells) {
      page.text(
          "The samples of "
              + (beforeTells ? "B" : "A")
              + " do not tell what the CPU time was spent on.");
      return;
    }
    if (all.stream().allMatch(changed -> changed.difference().blocks() < 2)) {
      page.text("No condition has two blocks that are valid in both: their noise is not known.");
      return;
    }
    List<Changed> that = all.stream().filter(Changed::matters).toList();
    page.text(
        that.isEmpty()
            ? "No share of the CPU time differs by more than one point and the noise of the blocks."
            : "Shares of the CPU time of the server's CPUs: means over the blocks that both runs have."
                + " Only those that differ by more than one point, with a 95 % interval, over these"
                + " blocks, that leaves out zero. Of the shares that are the same in both runs, up"
                + " to one in twenty is listed by chance.");
    page.table(COLUMNS, WORDS, that.stream().map(Changed::row).toList());
  }
}
