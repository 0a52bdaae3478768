package shedlab.bench.setting;

import java.util.List;
import shedlab.spec.SpecException;

/** The keys of the servers' JVM: what it begins with, and what it records. */
public final class JvmKeys {
  public static final Setting<JvmArchive> JVM_ARCHIVE =
      Setting.choice("jvm-archive", JvmArchive.class)
          .means(
              "What the servers' JVM begins with that one which was warmed before has left: its classes"
                  + " (class-data sharing, JDK 13), or these and what it knew of its hot methods (AOT cache, JDK"
                  + " 25). For servers that are cold.")
          .or(Schema.NONE)
          .inCell(Setting.NeededBy.RUN);

  public static final Setting<Boolean> PROFILE_CPU =
      Setting.yesOrNo("profile-cpu")
          .means(
              "Whether the servers' JVMs sample their own stacks, for a flame graph of each cell. It costs"
                  + " some CPU time.")
          .or("no");

  /** Every one of them. */
  static final List<Setting<?>> ALL = List.of(JVM_ARCHIVE, PROFILE_CPU);

  private JvmKeys() {}

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
