package shedlab.strategy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Gate;
import shedlab.admission.Limit;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.backlog.NoBacklog;
import shedlab.limit.NoLimit;
import shedlab.spec.Definition;
import shedlab.spec.Nearest;
import shedlab.spec.Spec;
import shedlab.spec.SpecException;

/**
 * The registry of all pieces, by family.
 *
 * <p>{@code strategy = piece { "+" piece }}, {@code piece = name [ ":" key "=" value { "," key "="
 * value } ]}: any number of policers, asked in this order; then a limit, which may be left out
 * after a policer; then at most one backlog, without which nobody waits. Or one whole strategy
 * alone.
 */
public final class Strategies {
  private final Map<String, Definition<Policer>> policers = new LinkedHashMap<>();
  private final Map<String, Definition<Limit>> limits = new LinkedHashMap<>();
  private final Map<String, Definition<Backlog>> backlogs = new LinkedHashMap<>();
  private final Map<String, Definition<Whole>> wholes = new LinkedHashMap<>();

  /** Names the system property that names the folder of plug-in jars. */
  public static final String PLUG_INS = "shedlab.plugins";

  private Strategies() {}

  /** Everything in this library. */
  public static Strategies builtIn() {
    Strategies registry = new Strategies();
    registry.add(new BuiltIn());
    return registry;
  }

  /**
   * Everything in this library, whatever else is on the class path, and what the jars hold of the
   * folder that the system property {@value #PLUG_INS} names, if it is set.
   *
   * @throws SpecException if a jar cannot be loaded or takes a name that is taken
   */
  public static Strategies installed() {
    Strategies registry = builtIn();
    PlugIns.of(System.getProperty(PLUG_INS, "")).forEach(registry::add);
    return registry;
  }

  private void add(Pieces pieces) {
    pieces.policers().forEach(definition -> add(policers, definition));
    pieces.limits().forEach(definition -> add(limits, definition));
    pieces.backlogs().forEach(definition -> add(backlogs, definition));
    pieces.wholes().forEach(definition -> add(wholes, definition));
  }

  private <T> void add(Map<String, Definition<T>> family, Definition<T> definition) {
    if (names().contains(definition.name())) {
      throw new SpecException("strategy", definition.name(), "a name of its own");
    }
    family.put(definition.name(), definition);
  }

  /** All policers, in the order of registration. */
  public Collection<Definition<Policer>> policers() {
    return Collections.unmodifiableCollection(policers.values());
  }

  /** All limits, in the order of registration. */
  public Collection<Definition<Limit>> limits() {
    return Collections.unmodifiableCollection(limits.values());
  }

  /** All backlogs, in the order of registration. */
  public Collection<Definition<Backlog>> backlogs() {
    return Collections.unmodifiableCollection(backlogs.values());
  }

  /** All whole strategies, in the order of registration. */
  public Collection<Definition<Whole>> wholes() {
    return Collections.unmodifiableCollection(wholes.values());
  }

  /**
   * Reads a strategy.
   *
   * @throws SpecException if the text names something unknown or breaks a rule
   */
  public Strategy parse(String text) {
    List<Piece<Policer>> chosenPolicers = new ArrayList<>();
    Piece<Limit> chosenLimit = null;
    Piece<Backlog> chosenBacklog = null;
    for (String piece : text.split("\\+", -1)) {
      int colon = piece.indexOf(':');
      String name = colon < 0 ? piece : piece.substring(0, colon);
      String arguments = colon < 0 ? "" : piece.substring(colon + 1);
      if (policers.containsKey(name)) {
        chosenPolicers.add(piece(policers, name, arguments));
      } else if (limits.containsKey(name) && chosenLimit == null) {
        chosenLimit = piece(limits, name, arguments);
      } else if (backlogs.containsKey(name) && chosenBacklog == null) {
        chosenBacklog = piece(backlogs, name, arguments);
      } else if (wholes.containsKey(name) && piece.equals(text)) {
        Piece<Whole> whole = piece(wholes, name, arguments);
        return new Strategy(
            whole.toString(),
            composition(whole.toString()),
            whole.spec().isOpen()
                ? (clock, host) -> whole.make().admission(clock, host)
                : whole.make());
      } else if (names().contains(name)) {
        throw new SpecException("strategy", text, "policers, one limit and at most one backlog");
      } else {
        throw new SpecException("strategy", name, Nearest.rule(name, names()));
      }
    }
    if (chosenLimit == null) {
      if (chosenPolicers.isEmpty()) {
        throw new SpecException("strategy", text, "a limit, one of " + limits.keySet());
      }
      chosenLimit = piece(Map.of("none", NoLimit.DEFINITION), "none", "");
    }
    return strategy(chosenPolicers, chosenLimit, chosenBacklog);
  }

  /**
   * What is known of a strategy, given its canonical text. Nothing is checked, and nothing is known
   * of a name that is not registered here: results may come from a machine with other jars.
   */
  public Composition composition(String text) {
    return Composition.of(text, this::part);
  }

  private Composition.Part part(String name) {
    return Stream.of(
            part(Composition.Family.POLICER, policers.get(name)),
            part(Composition.Family.LIMIT, limits.get(name)),
            part(Composition.Family.BACKLOG, backlogs.get(name)),
            part(Composition.Family.WHOLE, wholes.get(name)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> new Composition.Part(name, Optional.empty(), Set.of(), Map.of()));
  }

  private static Optional<Composition.Part> part(
      Composition.Family family, @Nullable Definition<?> definition) {
    return Optional.ofNullable(definition)
        .map(
            found ->
                new Composition.Part(found.name(), Optional.of(family), found.traits(), Map.of()));
  }

  private Strategy strategy(
      List<Piece<Policer>> policers, Piece<Limit> limit, @Nullable Piece<Backlog> backlog) {
    List<Piece<?>> pieces = new ArrayList<>(policers);
    pieces.add(limit);
    if (backlog != null) {
      pieces.add(backlog);
    }
    String text = pieces.stream().map(Piece::toString).collect(Collectors.joining("+"));
    if (!limit.spec().isOpen() && isEndless(limit.make())) {
      mustNotNeed(Signal.LIMIT, policers, text, "a limit other than none");
    }
    return new Strategy(
        text,
        composition(text),
        (clock, host) -> {
          for (Signal signal : Signal.values()) {
            if (signal != Signal.LIMIT && !host.tells().contains(signal)) {
              mustNotNeed(signal, policers, text, signal.toString());
            }
          }
          return new Gate(
              policers.stream().map(Piece::make).toList(),
              limit.make(),
              backlog == null ? new NoBacklog() : backlog.make(),
              clock,
              host);
        });
  }

  private static boolean isEndless(Limit limit) {
    return !limit.learns() && limit.initial() >= Limit.MAX;
  }

  private static void mustNotNeed(
      Signal missing, List<Piece<Policer>> policers, String text, String rule) {
    for (Piece<Policer> piece : policers) {
      if (!piece.spec().isOpen() && piece.make().needs().contains(missing)) {
        throw new SpecException(
            "strategy", text, rule + ", which " + piece.definition().name() + " needs");
      }
    }
  }

  private static <T> Piece<T> piece(
      Map<String, Definition<T>> family, String name, String arguments) {
    Definition<T> definition = family.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(name);
    }
    return new Piece<>(definition, definition.parse(arguments));
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>(limits.keySet());
    names.addAll(backlogs.keySet());
    names.addAll(policers.keySet());
    names.addAll(wholes.keySet());
    return names;
  }

  private record Piece<T>(Definition<T> definition, Spec spec) {
    T make() {
      return definition.make(spec);
    }

    @Override
    public String toString() {
      return spec.toString();
    }
  }
}
