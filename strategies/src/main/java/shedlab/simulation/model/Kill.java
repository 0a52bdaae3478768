package shedlab.simulation.model;

import java.time.Duration;
import java.util.Optional;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;

/**
 * The first server of a fleet is killed, and started again some time later. What was in it is lost,
 * and what it had learnt.
 *
 * @param at counted from the window's beginning
 * @param length until it is started again
 */
public record Kill(Duration at, Duration length) {
  private static final Parameter<Duration> AT = Parameter.duration("at", "from the window's start");
  private static final Parameter<Duration> FOR = Parameter.duration("for", "how long");
  private static final Definition<Kill> FORM = new Definition<>("kill", "", "-", Kill::of, AT, FOR);

  private static Kill of(Spec spec) {
    return new Kill(spec.get(AT), spec.get(FOR));
  }

  /**
   * Reads {@code at=8s,for=6s}; nothing for {@code none} or an empty text.
   *
   * @throws shedlab.spec.SpecException for an unknown or a missing key, or a value against its rule
   */
  public static Optional<Kill> read(String text) {
    return text.isEmpty() || text.equals("none")
        ? Optional.empty()
        : Optional.of(FORM.make(FORM.parse(text)));
  }

  /** The same in a load that begins with so much that is not measured. */
  public Kill after(Duration leadIn) {
    return new Kill(leadIn.plus(at), length);
  }

  /** The canonical text; {@link #read} reads it back. */
  @Override
  public String toString() {
    return AT.at(at) + "," + FOR.at(length);
  }
}
