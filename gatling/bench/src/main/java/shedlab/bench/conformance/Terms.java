package shedlab.bench.conformance;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What a target says about itself in its {@code target.properties}.
 *
 * @param work the path that does the work, with {@value #UNITS} for their number where it has one
 * @param health a path that answers 200
 * @param metrics the path of its counts; empty if it has none
 * @param shed the statuses that say no
 * @param checked whether the work is that of the contract, so that its checksum is known
 * @param taskUnits units of a request that names none; empty if nobody has told the target
 */
record Terms(
    String work,
    String health,
    String metrics,
    Set<Integer> shed,
    boolean checked,
    OptionalInt taskUnits) {
  static final String UNITS = "{units}";

  Terms {
    shed = Set.copyOf(shed);
  }

  /** Whether a request can say how much work it wants. */
  boolean sized() {
    return work.contains(UNITS);
  }
}
