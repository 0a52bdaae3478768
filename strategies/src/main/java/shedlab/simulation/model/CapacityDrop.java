package shedlab.bench.setting;

import java.time.Duration;
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
  private static final Definition<String> FORM =
      new Definition<>("capacity-drop", "", "-", spec -> "", AT, FOR, LEFT);

  static CapacityDrop parse(String text) {
    Spec spec = FORM.parse(text);
    return new CapacityDrop(spec.get(AT), spec.get(FOR), spec.get(LEFT));
  }
}
