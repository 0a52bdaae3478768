package shedlab.report.metastable;

import java.util.ArrayList;
import java.util.List;

/** A map of which everything is known: `none` does not survive retries, `queue` survives all. */
final class SampleMap {
  static final List<Double> LOADS = List.of(0.5, 0.8, 0.9);
  static final List<Double> TRIGGERS = List.of(0.0, 0.5, 1.0, 4.0);
  static final String AT_ONCE = "immediate:tries=3";

  private SampleMap() {}

  static List<MapPoint> points() {
    List<MapPoint> points = new ArrayList<>();
    for (String retry : List.of("none", AT_ONCE)) {
      for (double load : LOADS) {
        for (double trigger : TRIGGERS) {
          boolean down = retry.equals(AT_ONCE) && load >= 0.8 && trigger >= 1;
          points.add(point("none", "none", load, retry, trigger, down ? 0 : 1, 3 * trigger));
        }
        for (double trigger : TRIGGERS) {
          points.add(
              point(
                  "queue",
                  "fixed:limit=4+fifo:capacity=9,timeout=125ms",
                  load,
                  retry,
                  trigger,
                  1,
                  0.5));
        }
      }
    }
    return points;
  }

  static MapPoint point(
      String strategy,
      String text,
      double load,
      String retry,
      double trigger,
      double recovered,
      double seconds) {
    return new MapPoint(
        new Service(4, 20, "exponential", 250, 500, 0.3),
        strategy,
        text,
        load,
        retry,
        trigger,
        recovered,
        recovered == 0 ? Double.NaN : seconds,
        4,
        "c0ffee");
  }
}
