package shedlab.report.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.result.Manifest;
import shedlab.report.result.Phase;

/** When load or capacity changes in a cell according to its plan, in seconds of the window. */
final class Changes {
  private static final Pattern AT = Pattern.compile("at=([0-9.]+)(ms|s)");
  private static final double[] NONE = {};

  private Changes() {}

  /** The span of the change; empty on a plateau, or if the plan does not have the exact time. */
  static double[] of(Manifest plan, String variant, double load) {
    Map<String, String> settings = new HashMap<>(plan.settings());
    plan.grid().variants().stream()
        .filter(v -> v.name().equals(variant))
        .forEach(v -> settings.putAll(v.settings()));
    if (!settings.getOrDefault("capacity-drop", "").isEmpty()) {
      return NONE;
    }
    Matcher slowdown = AT.matcher(settings.getOrDefault("slowdown", ""));
    if (slowdown.find()) {
      double at = Double.parseDouble(slowdown.group(1));
      return new double[] {
        slowdown.group(2).equals("ms") ? at / 1e3 : at, plan.load().measureSeconds()
      };
    }
    return plan.load().phases().size() > 1 ? overload(plan, load) : NONE;
  }

  /** The span from the first to the last second above the capacity. */
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
