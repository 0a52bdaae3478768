package shedlab.report.chart;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.text.Numbers;

/**
 * A range of values along a part of the drawing, with ticks.
 *
 * @param from the coordinate of {@code min}
 * @param to the coordinate of {@code max}
 */
public record Axis(double min, double max, double from, double to, boolean log, List<Tick> ticks) {
  /** Distance between two ticks, in seconds or numbers. */
  private static final double[] STEPS = {
    0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000
  };

  private static final double[] RATIOS = {0.125, 0.25, 0.5, 0.8, 0.9, 1, 1.1, 1.25, 2, 4, 8};

  /** A value with a grid line; the label may be empty. */
  public record Tick(double value, String label) {}

  private static Axis of(double min, double max, boolean log, List<Tick> ticks) {
    return new Axis(min, max, 0, 0, log, List.copyOf(ticks));
  }

  /** Where a value is drawn; a value outside the range is drawn at its end. */
  public double at(double value) {
    double v = Math.max(min, Math.min(max, value));
    double share = log ? Math.log(v / min) / Math.log(max / min) : (v - min) / (max - min);
    return from + share * (to - from);
  }

  /** The same values along another part of the drawing. */
  public Axis along(double newFrom, double newTo) {
    return new Axis(min, max, newFrom, newTo, log, ticks);
  }

  /** Offered loads, on a logarithmic scale: doubling the load is the same distance everywhere. */
  public static Axis loads(List<Double> loads) {
    double least = loads.stream().mapToDouble(l -> l).min().orElse(1);
    double greatest = loads.stream().mapToDouble(l -> l).max().orElse(1);
    double pad = least == greatest ? 1.4 : Math.pow(greatest / least, 0.04);
    List<Tick> ticks =
        loads.stream().sorted().map(load -> new Tick(load, Numbers.load(load))).toList();
    return of(least / pad, greatest * pad, true, ticks);
  }

  /** Shares from zero to the greatest, at least to 100 %. */
  public static Axis shares(double greatest) {
    double max = greatest <= 1.08 ? 1.08 : Math.ceil(greatest * 4) / 4 + 0.02;
    double step = max <= 1.6 ? 0.25 : max <= 4 ? 0.5 : step(max / 8);
    var ticks = new ArrayList<Tick>();
    for (double v = 0; v <= max; v += step) {
      ticks.add(new Tick(v, Math.round(v * 100) + " %"));
    }
    return of(0, max, false, ticks);
  }

  /** Shares from zero to the greatest, which may be small. */
  public static Axis percents(double greatest) {
    double step = step(100 * greatest / 5) / 100;
    var ticks = new ArrayList<Tick>();
    for (int i = 0; i * step <= greatest * 1.001; i++) {
      ticks.add(new Tick(i * step, Numbers.plain(Math.rint(1_000 * i * step) / 10) + " %"));
    }
    return of(0, greatest, false, ticks);
  }

  /** Numbers from zero, at most so many steps. */
  public static Axis numbers(double greatest, double steps, String unit) {
    double step = step(greatest / steps);
    var ticks = new ArrayList<Tick>();
    for (double v = 0; v <= greatest * 1.001; v += step) {
      ticks.add(new Tick(v, Numbers.plain(v) + unit));
    }
    return of(0, greatest, false, ticks);
  }

  /**
   * Values around those that are drawn: from zero only if they are near it.
   *
   * @param unit what one of the unit of the labels is
   */
  public static Axis around(double least, double greatest, double unit, String name) {
    double step = step((greatest - least) / unit / 6);
    double first = Math.max(0, Math.floor(least / unit / step));
    double last = Math.max(first + 1, Math.ceil(greatest / unit / step));
    var ticks = new ArrayList<Tick>();
    for (double i = first; i <= last; i++) {
      ticks.add(new Tick(i * step * unit, Numbers.plain(i * step) + name));
    }
    return of(first * step * unit, last * step * unit, false, ticks);
  }

  /** Positions from one to another, with room at both ends. */
  public static Axis positions(int first, int last) {
    double pad = Math.max(0.5, 0.03 * (last - first));
    int step = (int) Math.max(1, step((last - first) / 6.0));
    var ticks = new ArrayList<Tick>();
    for (int v = Math.floorDiv(first + step - 1, step) * step; v <= last; v += step) {
      ticks.add(new Tick(v, Integer.toString(v)));
    }
    return of(first - pad, last + pad, false, ticks);
  }

  /** Times in microseconds on a logarithmic scale, from one 1-2-5 step to another. */
  public static Axis micros(double least, double greatest) {
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
    return of(min, max, true, ticks);
  }

  /** Ratios as far from 1 to either side. */
  public static Axis ratios(double farthest) {
    var ticks = new ArrayList<Tick>();
    for (double ratio : RATIOS) {
      if (Math.max(ratio, 1 / ratio) <= farthest) {
        ticks.add(new Tick(ratio, Numbers.plain(ratio) + "×"));
      }
    }
    return of(1 / farthest, farthest, true, ticks);
  }

  /** Percentiles by the share above them: x is one over that share, on a logarithmic scale. */
  public static Axis percentiles(double farthest) {
    return of(
        1,
        farthest * 1.1,
        true,
        List.of(
            new Tick(1, "0 %"),
            new Tick(2, "50 %"),
            new Tick(10, "90 %"),
            new Tick(100, "99 %"),
            new Tick(1_000, "99.9 %"),
            new Tick(10_000, "99.99 %")));
  }

  private static double step(double least) {
    for (double step : STEPS) {
      if (step >= least) {
        return step;
      }
    }
    return Math.pow(10, Math.ceil(Math.log10(least)));
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
