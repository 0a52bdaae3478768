package shedlab.bench.cleanrate.profile;

import java.util.regex.Pattern;

/** What the threads of a load generator are there for, by their names in the kernel. */
public enum ThreadKind {
  /** They start requests, send them, read the answers and judge them. */
  EVENT_LOOPS("Netty event loops", "gatling-\\d.*"),
  /** They count users and write Gatling's log; the pools have no names of their own. */
  ACTORS("Gatling's actors and timers", "pool-\\d.*"),
  /** Of lateness, CPU and collections. */
  METERS("the generator's meters", "(pause|window)-meter"),
  COMPILERS("JIT compilers", "C[12] Compiler.*|JVMCI.*"),
  /** The serial collector runs in the thread of the JVM itself. */
  COLLECTOR("collector and JVM", "GC Thread.*|G1 .*|VM (Thread|Periodic).*"),
  RECORDER("the flight recorder", "JFR .*"),
  OTHER("others", ".*");

  private final String title;
  private final Pattern names;

  ThreadKind(String title, String names) {
    this.title = title;
    this.names = Pattern.compile(names);
  }

  /** For a table. */
  public String title() {
    return title;
  }

  /** The kind of a thread. */
  static ThreadKind of(String name) {
    for (ThreadKind kind : values()) {
      if (kind.names.matcher(name).matches()) {
        return kind;
      }
    }
    return OTHER;
  }
}
