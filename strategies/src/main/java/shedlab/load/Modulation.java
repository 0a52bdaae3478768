package shedlab.load;

import java.util.function.DoubleSupplier;

/** A factor on the offered load that is constant for a while, then changes. Not thread-safe. */
interface Modulation {
  /** The factor now. */
  double factor();

  /** When it changes, in seconds from zero; infinite if never. */
  double untilSeconds();

  /** Goes on to what follows the change. */
  void next();

  /** Always 1. */
  static Modulation none() {
    return alternating(1, 1, () -> Double.POSITIVE_INFINITY, () -> Double.POSITIVE_INFINITY);
  }

  /** High for a while, then low for a while; the time of each is drawn anew every time. */
  static Modulation alternating(
      double high, double low, DoubleSupplier highSeconds, DoubleSupplier lowSeconds) {
    return new Modulation() {
      private boolean isHigh = true;
      private double until = highSeconds.getAsDouble();

      @Override
      public double factor() {
        return isHigh ? high : low;
      }

      @Override
      public double untilSeconds() {
        return until;
      }

      @Override
      public void next() {
        isHigh = !isHigh;
        until += (isHigh ? highSeconds : lowSeconds).getAsDouble();
      }
    };
  }
}
