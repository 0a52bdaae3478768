package shedlab.bench.targets;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import shedlab.bench.host.HostException;
import shedlab.bench.host.LocalProcess;
import shedlab.bench.host.Programs;
import shedlab.spec.SpecException;

/** Builds a target that is a program, with what its file says it needs. */
public final class TargetBuild {
  private static final Duration MOST = Duration.ofMinutes(15);

  private final Target.Program program;
  private final String name;
  private final Path jdk;
  private final int feature;

  /**
   * The build of a target.
   *
   * @param java the path of a {@code java} executable for targets on the JVM; empty for this one's
   */
  public TargetBuild(String name, Target.Program program, String java) {
    this.name = name;
    this.program = program;
    Path own = Path.of(System.getProperty("java.home"));
    Path bin = java.isEmpty() ? null : real(java).getParent();
    this.jdk = bin == null || bin.getParent() == null ? own : bin.getParent();
    this.feature = jdk.equals(own) ? Runtime.version().feature() : release(jdk);
  }

  /** Where a link leads to: what lies beside it is not beside the link. */
  private static Path real(String java) {
    try {
      return Path.of(java).toRealPath();
    } catch (IOException e) {
      throw new HostException("server-java", java, "a java executable", e);
    }
  }

  /** The feature release that a JDK's own file names; 0 if there is none. */
  private static int release(Path jdk) {
    try {
      return Files.readAllLines(jdk.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.substring(line.indexOf('"') + 1).split("[^0-9]", 2)[0])
          .filter(digits -> digits.matches("[0-9]{1,3}"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Why it cannot be built here, in one line; empty if it can. */
  public String missing() {
    if (program.java() > feature) {
      return "java: " + feature + " (expected: JDK " + program.java() + ", see SERVER_JAVA)";
    }
    return program.needs().stream()
        .filter(need -> !Programs.isThere(need))
        .findFirst()
        .map(need -> need + ": missing (expected: on the PATH, see the target's README)")
        .orElse("");
  }

  /**
   * Builds it.
   *
   * @param log where the output goes
   * @throws HostException if something is missing, or the build fails
   */
  public void run(Path log) {
    String missing = missing();
    if (!missing.isEmpty()) {
      throw new HostException(name + ": " + missing);
    }
    if (program.build().isEmpty()) {
      return;
    }
    String command = String.join(" ", program.build());
    ProcessBuilder builder = TargetHost.watched(name, program.build(), program.folder(), log);
    builder.environment().putAll(environment());
    LocalProcess process = new LocalProcess(name + ": " + command, builder, log);
    try {
      OptionalInt code = process.code(MOST);
      if (code.orElse(1) != 0) {
        String how =
            code.isPresent()
                ? "code " + code.getAsInt()
                : "not done in " + MOST.toMinutes() + " min";
        String message = SpecException.message(name + ": " + command, how, "code 0");
        throw new HostException(LocalProcess.withLastLine(message, process.lastLine()));
      }
    } finally {
      process.endGroup();
    }
  }

  /** The JDK for whatever of Java it builds or starts. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", jdk.toString());
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    environment.put("PATH", jdk.resolve("bin") + File.pathSeparator + path);
    return environment;
  }

  /** What starts it: a first word with a slash is a file of its folder. */
  public List<String> start() {
    List<String> start = new ArrayList<>(program.start());
    if (start.get(0).contains("/")) {
      start.set(0, program.folder().resolve(start.get(0)).toAbsolutePath().normalize().toString());
    }
    return start;
  }
}
