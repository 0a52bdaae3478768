package shedlab.simulation.model;

import java.time.Duration;
import java.util.Optional;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;

/**
 * The server loses CPU for a while.
 *
 * @param at counted from the window's beginning
 * @param length how long
 * @param left the share that stays
 */
public record CapacityDrop(Duration at, Duration length, double left) {
  private static final Parameter<Duration> AT = Parameter.duration("at", "from the window's start");
  private static final Parameter<Duration> FOR = Parameter.duration("for", "how long");
  private static final Parameter<Double> LEFT = Parameter.real("left", "share", 0.05, 0.95);
  private static final Definition<CapacityDrop> FORM =
      new Definition<>("capacity-drop", "", "-", CapacityDrop::of, AT, FOR, LEFT);

  private static CapacityDrop of(Spec spec) {
    return new CapacityDrop(spec.get(AT), spec.get(FOR), spec.get(LEFT));
  }

  /**
   * Reads {@code at=5s,for=5s,left=0.5}; nothing for {@code none} or an empty text.
   *
   * @throws shedlab.spec.SpecException for an unknown or a missing key, or a value against its rule
   */
  public static Optional<CapacityDrop> read(String text) {
    return text.isEmpty() || text.equals("none")
        ? Optional.empty()
        : Optional.of(FORM.make(FORM.parse(text)));
  }

  /** The same for a simulated server, in a load that begins with so much that is not measured. */
  public Incident after(Duration leadIn) {
    return Incident.capacity(leadIn.plus(at), length, left);
  }

  /** The canonical text; {@link #read} reads it back. */
  @Override
  public String toString() {
    return AT.at(at) + "," + FOR.at(length) + "," + LEFT.at(left);
  }
}
