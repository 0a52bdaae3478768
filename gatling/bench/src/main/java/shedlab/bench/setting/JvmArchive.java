package shedlab.bench.setting;

import java.util.List;
import java.util.Locale;

/**
 * The file that a server's JVM starts from: a warm JVM of the same server wrote it when it ended. A
 * JVM that cannot use its file does not start, or it would be measured as if it had.
 */
public enum JvmArchive {
  /** Nothing but the JDK's own. */
  NONE(0, "", "", ""),
  /** Its classes, loaded and verified: class-data sharing for the application's own (JEP 350). */
  CLASSES(13, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "-Xshare:on"),
  /**
   * Those, and which methods were hot, with which types: the ahead-of-time cache (JEP 514, 515).
   */
  AOT(25, "-XX:AOTCacheOutput=", "-XX:AOTCache=", "-XX:AOTMode=on");

  private final int leastJdk;
  private final String writes;
  private final String reads;
  private final String insists;

  JvmArchive(int leastJdk, String writes, String reads, String insists) {
    this.leastJdk = leastJdk;
    this.writes = writes;
    this.reads = reads;
    this.insists = insists;
  }

  /** As it is written in an experiment. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first version of the JDK that has it. */
  public int leastJdk() {
    return leastJdk;
  }

  /** The flags of a JVM that writes it into a file when it ends. */
  public List<String> writing(String file) {
    return this == NONE ? List.of() : List.of(writes + file);
  }

  /** The flags of a JVM that starts from that file. */
  public List<String> reading(String file) {
    return this == NONE ? List.of() : List.of(reads + file, insists);
  }
}
