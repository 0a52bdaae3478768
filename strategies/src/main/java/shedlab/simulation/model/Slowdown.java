package shedlab.bench.setting;

import java.time.Duration;
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
  private static final Parameter<Double> FACTOR = Parameter.real("factor", "size", 0.01, 100);
  private static final Definition<String> FORM =
      new Definition<>("slowdown", "", "-", spec -> "", AT, FACTOR);

  static Slowdown parse(String text) {
    Spec spec = FORM.parse(text);
    return new Slowdown(spec.get(AT), spec.get(FACTOR));
  }
}
