package shedlab.report.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import shedlab.report.raw.ClientCsv;
import shedlab.report.result.Manifest;
import shedlab.report.result.Phase;
import shedlab.report.result.Variant;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.model.Kill;
import shedlab.simulation.model.Slowdown;
import shedlab.spec.SpecException;

/**
 * When load or capacity changes in a cell according to its plan, in seconds of the window. A server
 * that starts cold is no longer disturbed as its load begins.
 */
final class Changes {
  /** The load's reports come twice a second, and a server's neighbour takes a moment to start. */
  private static final int LATE_ROWS = 2_000 / ClientCsv.ROW_MILLIS;

  /** A server that is started again is back when it is ready, beside others that are busy. */
  private static final int START_ROWS = 15_000 / ClientCsv.ROW_MILLIS;

  private static final double[] NONE = {};

  private Changes() {}

  /**
   * From when to when; nothing on a plateau.
   *
   * @throws SpecException if the plan cannot be read
   */
  static double[] of(Manifest plan, String variant, double load) {
    Optional<CapacityDrop> drop = drop(plan, variant);
    if (drop.isPresent()) {
      double at = seconds(drop.get().at());
      return new double[] {at, at + seconds(drop.get().length())};
    }
    Optional<Kill> kill = kill(plan, variant);
    if (kill.isPresent()) {
      double at = seconds(kill.get().at());
      return new double[] {at, at + seconds(kill.get().length())};
    }
    Optional<Slowdown> slowdown =
        Slowdown.read(plan.settings(variant).getOrDefault("slowdown", ""));
    if (slowdown.isPresent()) {
      return new double[] {seconds(slowdown.get().at()), plan.load().measureSeconds()};
    }
    if (plan.load().phases().size() > 1) {
      return overload(plan, load);
    }
    double start = -plan.load().leadInSeconds();
    return plan.startsCold(variant) ? new double[] {start, start} : NONE;
  }

  /**
   * Reads what changes in the cells of every variant.
   *
   * @throws IOException that names the plan, if it cannot be read: nothing is skipped in silence
   */
  static void check(Manifest plan) throws IOException {
    try {
      for (Variant variant : plan.grid().variants()) {
        of(plan, variant.name(), 1);
      }
    } catch (SpecException e) {
      throw new IOException("plan.json: " + e.getMessage(), e);
    }
  }

  /** How many rows later than planned it may be: a real server loses CPU when somebody takes it. */
  static int lateRows(Manifest plan, String variant) {
    if (plan.setUp().simulated()) {
      return 0;
    }
    if (kill(plan, variant).isPresent()) {
      return START_ROWS;
    }
    return drop(plan, variant).isPresent() ? LATE_ROWS : 0;
  }

  /** Whether a server is killed in the cells of a variant. */
  static boolean killed(Manifest plan, String variant) {
    return kill(plan, variant).isPresent();
  }

  private static Optional<Kill> kill(Manifest plan, String variant) {
    return Kill.read(plan.settings(variant).getOrDefault("kill", ""));
  }

  private static Optional<CapacityDrop> drop(Manifest plan, String variant) {
    return CapacityDrop.read(plan.settings(variant).getOrDefault("capacity-drop", ""));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** From the first second above the capacity to the last. */
  private static double[] overload(Manifest plan, double load) {
    List<Double> edges = new ArrayList<>();
    if (load * plan.load().phases().get(0).from() > 1) {
      edges.addAll(
          List.of(
              -plan.load().leadInSeconds(), 0.0)); // the lead-in has the load of the first phase
    }
    double second = 0;
    for (Phase phase : plan.load().phases()) {
      int steps = phase.from() == phase.to() ? 1 : (int) phase.seconds();
      for (int i = 0; i < steps; i++) {
        double factor = phase.from() + (phase.to() - phase.from()) * (i + 0.5) / steps;
        double end = second + phase.seconds() / steps;
        if (load * factor > 1) {
          edges.add(second);
          edges.add(end);
        }
        second = end;
      }
    }
    return edges.isEmpty() ? NONE : new double[] {edges.get(0), edges.get(edges.size() - 1)};
  }
}
