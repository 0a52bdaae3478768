package shedlab.spec;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be named in a spec: a piece of type {@code T}, its parameters and how to make one.
 *
 * @param name the word in the text; lower case with hyphens
 * @param idea what it does, in one line
 * @param source the paper or library it comes from
 * @param factory makes a fresh instance from a checked spec
 * @param parameters in canonical order
 * @param ascending parameters whose values must not descend in this order
 * @param tuned the values that {@code profile=tuned} sets; null if there is no such profile
 * @param traits what other modules have to know of it
 */
public record Definition<T>(
    String name,
    String idea,
    String source,
    Function<Spec, ? extends T> factory,
    List<Parameter<?>> parameters,
    List<? extends Parameter<? extends Number>> ascending,
    @Nullable Function<Target, List<Setting<?>>> tuned,
    Set<Trait> traits) {

  /** A definition with these parameters. */
  public Definition(
      String name,
      String idea,
      String source,
      Function<Spec, ? extends T> factory,
      Parameter<?>... parameters) {
    this(name, idea, source, factory, List.of(parameters), List.of(), null, Set.of());
  }

  /** The same definition, with values that must not descend: {@code min <= initial <= max}. */
  public Definition<T> ordered(List<? extends Parameter<? extends Number>> inOrder) {
    return new Definition<>(
        name, idea, source, factory, parameters, List.copyOf(inOrder), tuned, traits);
  }

  /** The same definition, with a tuned profile. */
  public Definition<T> tuned(Function<Target, List<Setting<?>>> settings) {
    return new Definition<>(name, idea, source, factory, parameters, ascending, settings, traits);
  }

  /** The same definition, with what other modules have to know of it. */
  public Definition<T> with(Trait... known) {
    return new Definition<>(
        name, idea, source, factory, parameters, ascending, tuned, Set.of(known));
  }

  /**
   * Reads {@code name[:key=value{,key=value}]}, without the name. {@code profile=tuned} needs
   * {@code deadline} and {@code workers}; the values that it computes replace the defaults of the
   * other keys.
   *
   * @throws SpecException for an unknown, repeated or missing key or a value against its rule
   */
  public Spec parse(String arguments) {
    return Spec.parse(this, arguments);
  }

  /** A fresh piece. */
  public T make(Spec spec) {
    return factory.apply(spec);
  }

  List<String> keys() {
    Stream<Parameter<?>> own = parameters.stream();
    Stream<Parameter<?>> known =
        tuned == null ? own : Stream.concat(own, Target.PARAMETERS.stream());
    return known.<String>map(Parameter::key).distinct().toList();
  }
}
