package shedlab.strategy;

import shedlab.admission.Admission;
import shedlab.admission.HostView;
import shedlab.admission.NanoClock;

/** A strategy that brings its own admission instead of pieces for a gate. */
public interface Whole {
  /** A new admission. */
  Admission admission(NanoClock clock, HostView host);
}
