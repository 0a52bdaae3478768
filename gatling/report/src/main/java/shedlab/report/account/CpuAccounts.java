package shedlab.report.account;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import shedlab.report.raw.RawCell;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.CpuList;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Prose;

/**
 * The accounts of a run's cells.
 *
 * @param byCell by the id of the cell; without those whose samples do not tell enough
 * @param processOnly servers that sample themselves, but tell the CPU time of the process alone;
 *     with the variant, if that is so in some variants
 * @param seenFromOutside servers that do not sample themselves
 */
public record CpuAccounts(
    Map<String, CpuAccount> byCell, List<String> processOnly, List<String> seenFromOutside) {
  /** Where nothing is known. */
  public static final CpuAccounts NONE = new CpuAccounts(Map.of(), List.of(), List.of());

  /** What a count of milliseconds may be rounded by, in seconds. */
  private static final double ROUNDING = 0.000_5;

  /**
   * Reads the samples of every cell that has a file of them.
   *
   * @throws IOException that names file and line, if one is not what it should be
   */
  public static CpuAccounts read(RunFiles run) throws IOException {
    Manifest plan = run.manifest();
    int cpus = CpuList.parse(plan.setUp().serverCpus()).size();
    Map<String, CpuAccount> accounts = new LinkedHashMap<>();
    Set<String> telling = new HashSet<>();
    List<CellResult> silent = new ArrayList<>();
    Set<String> outside = new TreeSet<>();
    for (CellResult cell : run.cells()) {
      Optional<ServerCsv> file = new RawCell(run.cellFolder(cell.key().id())).samples();
      if (file.isEmpty() || cell.judgement().failure() != null) {
        continue;
      }
      double from = plan.load().leadInSeconds();
      double to = from + cell.clientSide().windowSeconds();
      ServerCsv window = window(file.get(), from, to);
      Optional<CpuAccount> account = CpuAccount.of(window, cpus, stolen(cell));
      if (account.isPresent()) {
        accounts.put(cell.key().id(), account.get());
        telling.add(cell.server());
      } else if (file.get().tellsGauges()) {
        silent.add(cell);
      } else {
        outside.add(cell.server());
      }
    }
    // A server may tell it in one variant and not in another, as with virtual threads.
    List<String> processOnly =
        silent.stream()
            .map(
                cell ->
                    telling.contains(cell.server())
                        ? cell.server() + " (" + Prose.variant(cell.variant()) + ")"
                        : cell.server())
            .distinct()
            .sorted() // cells come in a random order
            .toList();
    return new CpuAccounts(
        Collections.unmodifiableMap(accounts), processOnly, List.copyOf(outside));
  }

  private static ServerCsv window(ServerCsv file, double from, double to) {
    return new ServerCsv(
        file.columns(),
        file.rows().stream()
            .filter(row -> row.second() >= from - ROUNDING && row.second() <= to + ROUNDING)
            .toList());
  }

  /** NaN if nobody knows. */
  private static double stolen(CellResult cell) {
    return cell.judgement().checks().stream()
        .filter(check -> check.name().equals(Check.STEAL))
        .mapToDouble(check -> Double.parseDouble(check.value()))
        .filter(share -> share >= 0 && share < 1)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** A share of a cell; NaN if it is not known. */
  public double share(CellResult cell, CpuUse use) {
    CpuAccount account = byCell.get(cell.key().id());
    return account == null ? Double.NaN : account.share(use);
  }
}
