package shedlab.bench.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Programs of the system. */
public final class Programs {
  /** What a JVM says before anything else if its environment has options for it. */
  private static final Pattern OPTIONS =
      Pattern.compile("(NOTE: )?Picked up (JDK_JAVA|JAVA_TOOL|_JAVA)_OPTIONS: .*");

  private Programs() {}

  /** Whether there is one of this name on the path. */
  public static boolean isThere(String name) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /**
   * Runs one in this process's folder and waits for its end.
   *
   * @return what it printed, errors included
   * @throws HostException if it fails
   */
  public static String run(List<String> command) {
    String name = command.get(0);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new HostException(name, lastLine(output), "to end with code 0");
      }
      return output;
    } catch (IOException e) {
      throw new HostException(name, HostException.reason(e), "a program that starts", e);
    } catch (InterruptedException e) {
      throw HostException.interrupted(name, e);
    }
  }

  /** The last line of an output that is neither blank nor of a JVM about its environment. */
  public static String lastLine(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank() && !OPTIONS.matcher(line).matches())
        .reduce((a, b) -> b)
        .map(String::strip)
        .orElse("(no output)");
  }
}
