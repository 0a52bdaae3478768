package shedlab.report.verify;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.report.raw.Capacities;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.CpuList;
import shedlab.report.result.Judgement;
import shedlab.report.result.Manifest;
import shedlab.report.result.ServerSide;
import shedlab.report.result.ServerUse;

/** The server's own samples against the line of the cell, and in themselves. */
final class ServerFile {
  private static final String SHED_BY = "shed_";
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

  private final Manifest plan;
  private final CellResult cell;
  private final LoadResult client;
  private final Differences differences;

  ServerFile(Manifest plan, CellResult cell, LoadResult client, Differences differences) {
    this.plan = plan;
    this.cell = cell;
    this.client = client;
    this.differences = differences;
  }

  /**
   * Checks them.
   *
   * @param capacity of the server; null if the run does not tell it
   */
  void check(ServerCsv samples, Capacities.@Nullable Capacity capacity) {
    List<ServerCsv.Row> rows = samples.rows();
    for (int i = 0; i < rows.size(); i++) {
      String where = "cells/" + cell.key().id() + "/" + ServerCsv.FILE + ":" + (i + 2);
      row(where, samples.columns(), rows.get(i), rows.get(Math.min(i + 1, rows.size() - 1)));
    }
    double leadIn = client.job().leadInSeconds();
    long from = client.zeroEpochMicros() + (long) (leadIn * 1e6);
    long to =
        client.zeroEpochMicros() + (long) ((leadIn + cell.clientSide().windowSeconds()) * 1e6);
    List<ServerCsv.Row> window =
        samples.rows().stream()
            .filter(row -> row.epochMicros() >= from && row.epochMicros() <= to)
            .toList();
    if (window.size() >= 2) {
      differences.same(
          "cells.jsonl: " + cell.key().id(),
          "serverSide",
          cell.serverSide(),
          told(window, samples),
          ServerCsv.FILE);
      judged(window, capacity);
    }
  }

  /** The values of checks and findings that the samples tell. */
  private void judged(List<ServerCsv.Row> window, Capacities.@Nullable Capacity capacity) {
    String where = "cells.jsonl: " + cell.key().id();
    ServerCsv.Row first = window.get(0);
    ServerCsv.Row last = window.get(window.size() - 1);
    double units = last.tasks().units() - first.tasks().units();
    for (Check check : cell.judgement().checks()) {
      if (check.name().equals("CPU per task / calibrated")
          && capacity != null
          && capacity.unitCpuNanos() != null
          && units > 0) {
        double nanos = 1e3 * (last.tasks().cpuMicros() - first.tasks().cpuMicros()) / units;
        String ratio = Certificate.text(nanos / capacity.unitCpuNanos());
        differences.same(where, check.name(), check.value(), ratio, ServerCsv.FILE);
      }
    }
    for (Judgement.Finding finding : cell.judgement().findings()) {
      switch (finding.name()) {
        case "server CPU" ->
            differences.same(
                where,
                finding.name(),
                finding.value(),
                Certificate.text(
                    Objects.requireNonNullElse(cell.serverSide().cpuShare(), Double.NaN)),
                "serverSide.cpuShare");
        case "completed, second half / first" ->
            differences.same(
                where, finding.name(), finding.value(), halves(window), ServerCsv.FILE);
        default -> {}
      }
    }
  }

  private static String halves(List<ServerCsv.Row> window) {
    ServerCsv.Row middle = window.get(window.size() / 2);
    double before = perMicro(window.get(0), middle);
    double after = perMicro(middle, window.get(window.size() - 1));
    return Certificate.text(window.size() < 4 || before == 0 ? 1 : after / before);
  }

  private static double perMicro(ServerCsv.Row from, ServerCsv.Row to) {
    return (double) (to.completed() - from.completed()) / (to.epochMicros() - from.epochMicros());
  }

  /**
   * Its second is that of its clock; what was shed was shed for a reason. A server used to read who
   * waits before whom it has admitted or shed: one that went from here to there in between may be
   * counted twice.
   */
  private void row(String where, List<String> columns, ServerCsv.Row row, ServerCsv.Row next) {
    String second =
        String.format(Locale.ROOT, "%.3f", (row.epochMicros() - client.zeroEpochMicros()) / 1e6);
    differences.same(
        where,
        "second",
        String.format(Locale.ROOT, "%.3f", row.second()),
        second,
        "its epoch_micros and client.json");
    long shed = 0;
    boolean reasons = false;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).startsWith(SHED_BY) && COUNT.matcher(row.fields().get(i)).matches()) {
        shed += Long.parseLong(row.fields().get(i));
        reasons = true;
      }
    }
    if (reasons && columns.contains("shed")) {
      differences.same(where, "shed", row.shed(), shed, "its reasons");
    }
    int admitted = columns.indexOf("admitted");
    if (admitted >= 0 && columns.contains("received")) {
      long decided = decided(row, admitted);
      int twice = row.waiting() > 0 && decided(next, admitted) > decided ? 1 : 0;
      atMost(
          where,
          "admitted",
          decided + row.waiting() - twice,
          Long.toString(row.received()),
          "received, with those that are shed or waiting");
    }
  }

  private static long decided(ServerCsv.Row row, int admitted) {
    return Long.parseLong(row.fields().get(admitted)) + row.shed();
  }

  private void atMost(String where, String key, long found, String most, String of) {
    if (found > Long.parseLong(most)) {
      differences.add(where, key + ": " + found + " (expected: at most " + most + " " + of + ")");
    }
  }

  private ServerSide told(List<ServerCsv.Row> window, ServerCsv file) {
    ServerCsv.Row first = window.get(0);
    ServerCsv.Row last = window.get(window.size() - 1);
    double wall = last.epochMicros() - first.epochMicros();
    double cpu = last.cpuMicros() - first.cpuMicros();
    boolean unlimited = window.stream().allMatch(row -> row.limit() == Limit.MAX);
    return new ServerSide(
        file.tellsCpu() ? cpu / wall / CpuList.parse(plan.setUp().serverCpus()).size() : null,
        unlimited ? null : mean(window, ServerCsv.Row::limit),
        file.tellsGauges() ? mean(window, ServerCsv.Row::inflight) : null,
        file.tellsGauges() ? mean(window, ServerCsv.Row::waiting) : null,
        cell.serverSide().use() == null ? null : use(first, last, cpu), // as earlier formats
        cell.serverSide().shedByReason()); // until the last answer, which no sample shows
  }

  private static ServerUse use(ServerCsv.Row first, ServerCsv.Row last, double cpuMicros) {
    return new ServerUse(
        cpuMicros / 1e6,
        last.received() - first.received(),
        last.completed() - first.completed(),
        last.shed() - first.shed(),
        (last.throttledMicros() - first.throttledMicros()) / 1e6);
  }

  private static Double mean(List<ServerCsv.Row> rows, ToLongFunction<ServerCsv.Row> gauge) {
    return rows.stream().mapToLong(gauge).average().orElse(0);
  }
}
