package shedlab.limit;

import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Trait;

/** No limit at all: the control that shows what overload does to a server that never sheds. */
public final class NoLimit implements Limit {
  /** {@code none}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>("none", "never sheds; the control", "-", spec -> new NoLimit())
          .with(Trait.NEVER_SHEDS, Trait.STATIC);

  @Override
  public int initial() {
    return MAX;
  }

  @Override
  public int next(int limit, Sample sample) {
    return limit;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
