package shedlab.bench.cleanrate.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Programs;
import shedlab.spec.SpecException;

/**
 * A flight recording of a running JVM, which begins when that is warm. It samples the methods of
 * threads that run Java code every 10 or 20 ms; time in the kernel is in no sample.
 */
public final class FlightRecording {
  /** So that a method that another calls gets its own samples, wherever it was compiled into. */
  public static final List<String> FLAGS =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");

  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final String NAME = "shedlab";

  private final long pid;
  private final Path file;

  private FlightRecording(long pid, Path file) {
    this.pid = pid;
    this.file = file;
  }

  /**
   * Checks that this JVM comes with the program that starts recordings.
   *
   * @throws SpecException if not
   */
  public static void requireJdk() {
    SpecException.check(
        Files.isExecutable(JCMD), "jcmd", "missing", "a JDK with " + JCMD.getFileName());
  }

  /**
   * Begins one.
   *
   * @param pid of a JVM of the same user on this machine
   * @param file that {@link #end} writes
   * @throws HostException if that JVM does not take it
   */
  public static FlightRecording begin(long pid, Path file) {
    command(pid, "JFR.start", "name=" + NAME, "settings=profile");
    return new FlightRecording(pid, file.toAbsolutePath());
  }

  /**
   * Ends it.
   *
   * @return its file
   * @throws HostException if there is none
   */
  public Path end() {
    String said = command(pid, "JFR.stop", "name=" + NAME, "filename=" + file);
    if (!Files.isRegularFile(file)) {
      throw new HostException("JFR.stop", Programs.lastLine(said), "a recording in " + file);
    }
    return file;
  }

  private static String command(long pid, String... words) {
    List<String> command = new ArrayList<>(List.of(JCMD.toString(), Long.toString(pid)));
    command.addAll(List.of(words));
    return Programs.run(command);
  }
}
