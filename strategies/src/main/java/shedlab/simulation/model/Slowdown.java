package shedlab.simulation.model;

import java.time.Duration;
import java.util.Optional;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;

/**
 * Tasks grow for good.
 *
 * @param at from when on, counted from the window's beginning
 * @param factor by how much they grow
 */
public record Slowdown(Duration at, double factor) {
  private static final Parameter<Duration> AT = Parameter.duration("at", "from the window's start");
  private static final Parameter<Double> FACTOR = Parameter.real("factor", "size", 1, 100);
  private static final Definition<Slowdown> FORM =
      new Definition<>("slowdown", "", "-", Slowdown::of, AT, FACTOR);

  private static Slowdown of(Spec spec) {
    return new Slowdown(spec.get(AT), spec.get(FACTOR));
  }

  /**
   * Reads {@code at=5s,factor=2}; nothing for {@code none} or an empty text.
   *
   * @throws shedlab.spec.SpecException for an unknown or a missing key, or a value against its rule
   */
  public static Optional<Slowdown> read(String text) {
    return text.isEmpty() || text.equals("none")
        ? Optional.empty()
        : Optional.of(FORM.make(FORM.parse(text)));
  }

  /** The same for a simulated server, in a load that begins with so much that is not measured. */
  public Incident after(Duration leadIn) {
    return Incident.slowdown(leadIn.plus(at), Incident.FOR_GOOD, factor);
  }

  /** The canonical text; {@link #read} reads it back. */
  @Override
  public String toString() {
    return AT.at(at) + "," + FACTOR.at(factor);
  }
}
