package shedlab.bench.setting;

import java.util.List;

/** The keys that say what plays the load. */
public final class LoadKeys {
  public static final Setting<InjectorCount> INJECTORS =
      Setting.of("injectors", InjectorCount.RULE, InjectorCount::parse)
          .means(
              "How many load generators play each load together, each on CPUs of its own; `auto` takes"
                  + " as many as the greatest load needs. With other machines, so many on each.")
          .or("1");

  /** Every one of them. */
  static final List<Setting<?>> ALL = List.of(INJECTORS);

  private LoadKeys() {}
}
