package shedlab.simulation;

/** A number that changes over time, and the area below it. */
final class Level {
  private long value;
  private double area;
  private long sinceNanos;

  void change(long delta, long nowNanos) {
    area += (double) value * (nowNanos - sinceNanos);
    sinceNanos = nowNanos;
    value += delta;
  }

  double area(long nowNanos) {
    change(0, nowNanos);
    return area;
  }
}
