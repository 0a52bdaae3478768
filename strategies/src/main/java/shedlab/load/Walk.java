package shedlab.load;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Converts gaps in units of the mean gap to times along a modulated profile: a gap of 1 is {@code
 * 1/rate} seconds while the rate is constant, and a gap that is longer than that continues at the
 * next rate.
 */
final class Walk implements Arrivals {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<LoadProfile.Segment> segments;
  private final Modulation modulation;
  private final DoubleSupplier gaps;

  private int segment = -1;
  private double segmentStart;
  private double segmentEnd;
  private double pieceStart;
  private double pieceEnd;
  private double rate;

  /** Expected arrivals in the piece. */
  private double inPiece;

  /** Expected arrivals from the start of the piece to the last arrival. */
  private double position;

  private double gap;

  Walk(LoadProfile profile, Modulation modulation, double firstGap, DoubleSupplier gaps) {
    this.segments = profile.segments();
    this.modulation = modulation;
    this.gaps = gaps;
    this.gap = firstGap;
  }

  @Override
  public long nextNanos() {
    while (position + gap >= inPiece) {
      gap -= inPiece - position;
      if (!nextPiece()) {
        return END;
      }
    }
    position += gap;
    gap = gaps.getAsDouble();
    return (long) ((pieceStart + position / rate) * NANOS_PER_SECOND);
  }

  private boolean nextPiece() {
    pieceStart = pieceEnd;
    position = 0;
    inPiece = 0;
    if (pieceStart >= segmentEnd) {
      if (segment + 1 >= segments.size()) {
        return false;
      }
      segment++;
      segmentStart = segmentEnd;
      segmentEnd += segments.get(segment).seconds();
    }
    while (pieceStart >= modulation.untilSeconds()) {
      modulation.next();
    }
    pieceEnd = Math.min(segmentEnd, modulation.untilSeconds());
    // A whole segment has exactly its own length, without the rounding of a sum.
    boolean whole = pieceStart == segmentStart && pieceEnd == segmentEnd;
    double seconds = whole ? segments.get(segment).seconds() : pieceEnd - pieceStart;
    rate = segments.get(segment).ratePerSecond() * modulation.factor();
    inPiece = rate * seconds;
    return true;
  }
}
