package shedlab.simulation;

import shedlab.admission.Shed;

/** Counts of what happened in a span of time, even if the requests began earlier. */
final class Span {
  long startNanos;
  double waitingArea;
  double inflightArea;
  double limitArea;
  double busyNanos;

  long offered;
  long tries;
  long admitted;
  long completed;
  double waitedNanos;
  double elapsedNanos;
  long calmTries;
  long falseShed;
  final long[] shed = new long[Shed.values().length];
  final long[] endings = new long[Ending.values().length];

  long ended(Ending ending) {
    return endings[ending.ordinal()];
  }
}
