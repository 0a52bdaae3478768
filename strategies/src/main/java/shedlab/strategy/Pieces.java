package shedlab.strategy;

import java.util.List;
import shedlab.admission.Backlog;
import shedlab.admission.Limit;
import shedlab.admission.Policer;
import shedlab.spec.Definition;

/**
 * Strategies from a jar of one's own: list the class in {@code
 * META-INF/services/shedlab.strategy.Pieces} and its pieces can be named wherever a strategy can.
 * No name may be taken by another.
 */
public interface Pieces {
  /** What may stand for the limit. */
  default List<Definition<Limit>> limits() {
    return List.of();
  }

  /** What may stand for the backlog. */
  default List<Definition<Backlog>> backlogs() {
    return List.of();
  }

  /** What may stand before both. */
  default List<Definition<Policer>> policers() {
    return List.of();
  }

  /** What is a strategy alone and goes with nothing else. */
  default List<Definition<Whole>> wholes() {
    return List.of();
  }
}
