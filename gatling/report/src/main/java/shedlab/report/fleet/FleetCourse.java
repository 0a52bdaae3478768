package shedlab.report.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shedlab.report.figure.SimulatedCurves;
import shedlab.report.finding.Runs;
import shedlab.report.metric.Summary;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.RunFiles;
import shedlab.report.statistics.Median;
import shedlab.simulation.model.FleetModel;
import shedlab.simulation.model.Kill;

/**
 * How a fleet went through the loss of a server, under one condition.
 *
 * @param measured medians of the valid runs
 * @param simulated the same of a simulated fleet; null if there is none
 * @param unanswered requests of a run that got an error or no answer, the median
 */
record FleetCourse(
    Summary.Row row,
    FleetModel fleet,
    Kill kill,
    Shares measured,
    @Nullable Shares simulated,
    double unanswered) {
  /** What is near enough to what was possible, as in the step response. */
  private static final double NEAR = 0.9;

  private static final double SLOT_SECONDS = 0.5;

  /**
   * Goodput as a share of the capacity.
   *
   * @param before up to the kill
   * @param down from the kill to the start of the next server
   * @param end in the second half of the time after that
   */
  record Shares(double before, double down, double end) {}

  /**
   * Of every condition of a run in which a server is killed.
   *
   * @throws IOException that names the file, if a time series is not what it should be
   */
  static List<FleetCourse> of(RunFiles run, Summary summary) throws IOException {
    List<FleetCourse> courses = new ArrayList<>();
    for (Summary.Row row : summary.rows()) {
      Map<String, String> settings = run.manifest().settings(row.variant());
      Optional<FleetModel> fleet = FleetModel.read(settings.getOrDefault("fleet", ""));
      Optional<Kill> kill = Kill.read(settings.getOrDefault("kill", ""));
      if (row.hasFigures() && fleet.isPresent() && kill.isPresent()) {
        course(run, row, fleet.get(), kill.get()).ifPresent(courses::add);
      }
    }
    return courses;
  }

  /** Empty without time series. */
  private static Optional<FleetCourse> course(
      RunFiles run, Summary.Row row, FleetModel fleet, Kill kill) throws IOException {
    Manifest plan = run.manifest();
    List<Shares> all = new ArrayList<>();
    List<Double> unanswered = new ArrayList<>();
    for (CellResult cell : Runs.valid(row, run.cells())) {
      List<ClientCsv.Row> rows = new RawCell(run.cellFolder(cell.key().id())).client();
      if (!rows.isEmpty()) {
        double leadIn = plan.load().leadInSeconds();
        List<Double> rates = new ArrayList<>();
        rows.stream()
            .filter(at -> at.second() >= leadIn - 1e-9)
            .forEach(at -> rates.add(at.good() * 1e3 / ClientCsv.ROW_MILLIS));
        all.add(shares(rates, ClientCsv.ROW_MILLIS / 1e3, kill, cell.capacityPerSecond()));
        Outcomes outcomes = cell.clientSide().outcomes();
        unanswered.add((double) outcomes.other() + outcomes.timeout() + outcomes.transport());
      }
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Double> simulated = SimulatedCurves.course(run, row, SLOT_SECONDS);
    return Optional.of(
        new FleetCourse(
            row,
            fleet,
            kill,
            new Shares(
                Median.ofFinite(all.stream().mapToDouble(Shares::before)),
                Median.ofFinite(all.stream().mapToDouble(Shares::down)),
                Median.ofFinite(all.stream().mapToDouble(Shares::end))),
            simulated.isEmpty() ? null : shares(simulated, SLOT_SECONDS, kill, 1),
            Median.ofFinite(unanswered.stream().mapToDouble(u -> u))));
  }

  private static Shares shares(List<Double> rates, double seconds, Kill kill, double capacity) {
    double killed = kill.at().toNanos() / 1e9;
    double back = killed + kill.length().toNanos() / 1e9;
    double end = rates.size() * seconds;
    return new Shares(
        mean(rates, seconds, 0, killed) / capacity,
        mean(rates, seconds, killed, back) / capacity,
        mean(rates, seconds, (back + end) / 2, end) / capacity);
  }

  /** NaN of no time at all. */
  private static double mean(List<Double> rates, double seconds, double from, double to) {
    int first = (int) Math.round(from / seconds);
    int last = (int) Math.min(rates.size(), Math.round(to / seconds));
    return rates.subList(Math.min(first, last), last).stream()
        .mapToDouble(rate -> rate)
        .average()
        .orElse(Double.NaN);
  }

  /** What the others could do while one was down. */
  double possibleDown() {
    return Math.min(row.load(), (fleet.servers() - 1.0) / fleet.servers());
  }

  /** Whether the others did it. */
  boolean survived() {
    return measured.down() >= NEAR * possibleDown();
  }

  /** Whether all of them did at the end what they could. */
  boolean cameBack() {
    return measured.end() >= NEAR * Math.min(1, row.load());
  }
}
