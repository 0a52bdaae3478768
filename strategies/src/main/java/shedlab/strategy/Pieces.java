package shedlab.strategy;

import java.util.List;
import shedlab.admission.Backlog;
import shedlab.admission.Limit;
import shedlab.admission.Policer;
import shedlab.spec.Definition;

/**
 * Strategies from another jar: list the class in {@code META-INF/services/shedlab.strategy.Pieces},
 * and its pieces can be named wherever a strategy can. A name must not be registered already.
 */
public interface Pieces {
  /** Its limits. */
  default List<Definition<Limit>> limits() {
    return List.of();
  }

  /** Its backlogs. */
  default List<Definition<Backlog>> backlogs() {
    return List.of();
  }

  /** Its policers. */
  default List<Definition<Policer>> policers() {
    return List.of();
  }

  /** Its whole strategies, which are combined with nothing else. */
  default List<Definition<Whole>> wholes() {
    return List.of();
  }
}
