package shedlab.strategy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Limit;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.limit.AimdLimit;
import shedlab.limit.FixedLimit;
import shedlab.limit.NoLimit;
import shedlab.spec.Definition;
import shedlab.spec.Spec;
import shedlab.spec.SpecException;

/**
 * The registry: which pieces can be named, by family.
 *
 * <p>{@code strategy = piece { "+" piece }}, {@code piece = name [ ":" key "=" value { "," key "="
 * value } ]}: a limit, then at most one backlog; without a backlog nobody waits.
 */
public final class Strategies {
  private final Map<String, Definition<Limit>> limits = new LinkedHashMap<>();
  private final Map<String, Definition<Backlog>> backlogs = new LinkedHashMap<>();

  private Strategies() {}

  /** Everything that Shedlab ships. */
  public static Strategies builtIn() {
    Strategies registry = new Strategies();
    registry.limit(NoLimit.DEFINITION);
    registry.limit(FixedLimit.DEFINITION);
    registry.limit(AimdLimit.DEFINITION);
    registry.backlog(FifoBacklog.DEFINITION);
    return registry;
  }

  private void limit(Definition<Limit> definition) {
    limits.put(definition.name(), definition);
  }

  private void backlog(Definition<Backlog> definition) {
    backlogs.put(definition.name(), definition);
  }

  /** All limits, in the order of registration. */
  public Collection<Definition<Limit>> limits() {
    return Collections.unmodifiableCollection(limits.values());
  }

  /** All backlogs, in the order of registration. */
  public Collection<Definition<Backlog>> backlogs() {
    return Collections.unmodifiableCollection(backlogs.values());
  }

  /**
   * Reads a strategy.
   *
   * @throws SpecException if the text names something unknown or breaks a rule
   */
  public Strategy parse(String text) {
    String canonicalLimit = null;
    String canonicalBacklog = "";
    Supplier<Limit> limit = null;
    Supplier<Backlog> backlog = NoBacklog::new;
    for (String piece : text.split("\\+", -1)) {
      int colon = piece.indexOf(':');
      String name = colon < 0 ? piece : piece.substring(0, colon);
      String arguments = colon < 0 ? "" : piece.substring(colon + 1);
      @Nullable Definition<Limit> asLimit = limits.get(name);
      @Nullable Definition<Backlog> asBacklog = backlogs.get(name);
      if (asLimit != null && limit == null) {
        Spec spec = asLimit.parse(arguments);
        canonicalLimit = spec.toString();
        limit = () -> asLimit.make(spec);
      } else if (asBacklog != null && canonicalBacklog.isEmpty()) {
        Spec spec = asBacklog.parse(arguments);
        canonicalBacklog = "+" + spec;
        backlog = () -> asBacklog.make(spec);
      } else if (asLimit != null || asBacklog != null) {
        throw new SpecException("strategy", text, "one limit and at most one backlog");
      } else {
        throw new SpecException("strategy", name, "one of " + names());
      }
    }
    if (limit == null || canonicalLimit == null) {
      throw new SpecException("strategy", text, "a limit, one of " + limits.keySet());
    }
    return new Strategy(canonicalLimit + canonicalBacklog, limit, backlog);
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>(limits.keySet());
    names.addAll(backlogs.keySet());
    return names;
  }
}
