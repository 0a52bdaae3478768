package shedlab.bench.setting;

import java.util.List;
import shedlab.spec.SpecException;

/** The keys of the servers' JVM: what it starts from, and what it records. */
public final class JvmKeys {
  public static final Setting<JvmArchive> JVM_ARCHIVE =
      Setting.choice("jvm-archive", JvmArchive.class)
          .means(
              "What a cold server's JVM starts from: `classes` is the archive of a warm server's classes"
                  + " (class-data sharing, JDK 13); `aot` is its ahead-of-time cache, which also knows its hot"
                  + " methods (JDK 25).")
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
