package shedlab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of values along a stretch of the drawing, with ticks.
 *
 * @param from the coordinate of {@code min}
 * @param to the coordinate of {@code max}
 */
record Axis(double min, double max, double from, double to, boolean log, List<Tick> ticks) {
  /** A value worth a grid line; the label may be empty. */
  record Tick(double value, String label) {}

  /** Where a value is drawn; outside values stick to the ends. */
  double at(double value) {
    double v = Math.max(min, Math.min(max, value));
    double share = log ? Math.log(v / min) / Math.log(max / min) : (v - min) / (max - min);
    return from + share * (to - from);
  }

  /** The same values along another stretch. */
  Axis along(double newFrom, double newTo) {
    return new Axis(min, max, newFrom, newTo, log, ticks);
  }

  /** Offered load, from nothing to a little beyond the greatest; labels that fit. */
  static Axis loads(List<Double> loads, double from, double to) {
    double greatest = loads.stream().mapToDouble(l -> l).max().orElse(1);
    double max = Math.max(greatest, 1) * 1.04;
    var ticks = new ArrayList<Tick>();
    double lastLabel = Double.NEGATIVE_INFINITY;
    for (double load : loads.stream().sorted().toList()) {
      double x = load / max * (to - from);
      boolean fits = x - lastLabel >= 23;
      ticks.add(new Tick(load, fits ? Numbers.load(load) : ""));
      lastLabel = fits ? x : lastLabel;
    }
    return new Axis(0, max, from, to, false, List.copyOf(ticks));
  }

  /** Shares from zero to the greatest, at least to 100 %. */
  static Axis shares(double greatest) {
    double max = greatest <= 1.08 ? 1.08 : Math.ceil(greatest * 4) / 4 + 0.02;
    double step = max > 1.6 ? 0.5 : 0.25;
    var ticks = new ArrayList<Tick>();
    for (double v = 0; v <= max; v += step) {
      ticks.add(new Tick(v, Math.round(v * 100) + " %"));
    }
    return new Axis(0, max, 0, 0, false, List.copyOf(ticks));
  }

  /** Times in microseconds on a logarithmic scale, from one 1-2-5 step to another. */
  static Axis micros(double least, double greatest) {
    double min = step125(least, false);
    double max = Math.max(step125(greatest, true), min * 10);
    boolean everyStep = max / min <= 60;
    var ticks = new ArrayList<Tick>();
    for (int power = 0; power <= 9; power++) {
      for (int digit : new int[] {1, 2, 5}) {
        double v = digit * Math.pow(10, power);
        if (v >= min * 0.999 && v <= max * 1.001 && (digit == 1 || everyStep)) {
          ticks.add(new Tick(v, time(v)));
        }
      }
    }
    return new Axis(min, max, 0, 0, true, List.copyOf(ticks));
  }

  private static double step125(double value, boolean up) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
    double[] steps = {1, 2, 5, 10};
    double best = steps[0];
    for (double step : steps) {
      if (step * power <= value * 1.000_001) {
        best = step;
      }
    }
    if (up && best * power < value * 0.999_999) {
      best = best < 2 ? 2 : best < 5 ? 5 : 10;
    }
    return best * power;
  }

  private static String time(double micros) {
    if (micros >= 1_000_000) {
      return Numbers.plain(Math.rint(micros / 1_000_000)) + " s";
    }
    return micros >= 1_000
        ? Numbers.plain(Math.rint(micros / 1_000)) + " ms"
        : Numbers.plain(Math.rint(micros)) + " µs";
  }
}
