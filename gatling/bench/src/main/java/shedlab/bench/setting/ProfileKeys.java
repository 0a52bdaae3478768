package shedlab.bench.setting;

import java.util.List;
import shedlab.spec.SpecException;

/** The key that has the servers record what they do. */
public final class ProfileKeys {
  public static final Setting<Boolean> PROFILE_CPU =
      Setting.yesOrNo("profile-cpu")
          .means(
              "Whether the servers' JVMs sample their own stacks, for a flame graph of each cell. It costs"
                  + " some CPU time.")
          .or("no");

  /** Every one of them. */
  static final List<Setting<?>> ALL = List.of(PROFILE_CPU);

  private ProfileKeys() {}

  /**
   * The key's text from that of an option or a variable.
   *
   * @param asked 1 to profile; 0 or nothing to leave it to the experiment
   * @throws SpecException if it is anything else
   */
  public static String text(String asked) {
    return switch (asked) {
      case "1" -> "yes";
      case "", "0" -> "";
      default -> throw new SpecException(PROFILE_CPU.key(), asked, "1");
    };
  }
}
