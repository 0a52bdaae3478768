package shedlab.strategy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import shedlab.spec.Trait;

/**
 * The parts of a strategy and what is known of them. Code that has only a strategy's text gets it
 * from {@link Strategies#composition} instead of parsing the text.
 *
 * @param parts in the order of the text; one alone for a whole strategy
 */
public record Composition(List<Part> parts) {
  /** What a piece may stand for. */
  public enum Family {
    POLICER,
    LIMIT,
    BACKLOG,
    WHOLE
  }

  /**
   * A piece of a strategy.
   *
   * @param family empty if the name is not registered: it is from a jar that is not installed
   * @param values by key, as the text gives them
   */
  public record Part(
      String name, Optional<Family> family, Set<Trait> traits, Map<String, String> values) {
    private boolean is(Trait trait) {
      return traits.contains(trait);
    }
  }

  static Composition of(String text, Function<String, Part> known) {
    return new Composition(
        List.of(text.split("\\+", -1)).stream()
            .map(
                piece -> {
                  String[] halves = piece.split(":", 2);
                  Part part = known.apply(halves[0]);
                  return new Part(
                      part.name,
                      part.family,
                      part.traits,
                      values(halves.length < 2 ? "" : halves[1]));
                })
            .toList());
  }

  private static Map<String, String> values(String arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : arguments.isEmpty() ? new String[0] : arguments.split(",", -1)) {
      int equals = pair.indexOf('=');
      values.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    return values;
  }

  /** The names of all pieces: {@code reject-all+none}. */
  public String names() {
    return parts.stream().map(Part::name).collect(Collectors.joining("+"));
  }

  /** The same for a reader: {@code none} is left out unless it stands alone. */
  public String shortName() {
    String names =
        parts.stream()
            .filter(part -> !part.is(Trait.NEVER_SHEDS))
            .map(Part::name)
            .collect(Collectors.joining("+"));
    return names.isEmpty() ? names() : names;
  }

  /** Every {@code key=value}, in the order of the text. */
  public List<String> parameters() {
    return parts.stream()
        .flatMap(part -> part.values.entrySet().stream())
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  /** True if it refuses every request. */
  public boolean admitsNobody() {
    return any(Trait.ADMITS_NOBODY);
  }

  /** True if it is given the capacity: the others are compared with it. */
  public boolean knowsCapacity() {
    return any(Trait.KNOWS_CAPACITY);
  }

  /** True if it needs the server's own limiter. */
  public boolean needsNativeLimiter() {
    return any(Trait.NATIVE_LIMITER);
  }

  /** True for the control: nothing in it ever refuses. */
  public boolean neverSheds() {
    return parts.stream().allMatch(part -> part.is(Trait.NEVER_SHEDS));
  }

  /** True if it learns nothing, so that a few simulated seconds show all of its behaviour. */
  public boolean learnsNothing() {
    return parts.stream().allMatch(part -> part.is(Trait.STATIC));
  }

  /** The permits, if Erlang's loss formula holds: a bare semaphore. */
  public OptionalInt lossSystemPermits() {
    String limit = parts.get(0).values.getOrDefault("limit", "");
    return parts.size() == 1 && parts.get(0).is(Trait.ERLANG_LOSS) && limit.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(limit))
        : OptionalInt.empty();
  }

  private boolean any(Trait trait) {
    return parts.stream().anyMatch(part -> part.is(trait));
  }
}
