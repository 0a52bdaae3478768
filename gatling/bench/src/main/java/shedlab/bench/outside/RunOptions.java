package shedlab.bench.outside;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import shedlab.spec.SpecException;

/** The options of a command that measures from outside and leaves a folder. */
public final class RunOptions {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(
      names = "--quick",
      defaultValue = "0",
      paramLabel = "1",
      description = "One short block: no evidence, but done in a few minutes.")
  private String quick = "0";

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "FOLDER",
      description = "The folder in which a run gets its own (default: ${DEFAULT-VALUE}).")
  private Path results = Path.of("results");

  @Option(
      names = "--project",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "The folder of the built project (default: ${DEFAULT-VALUE}).")
  private Path project = Path.of(".");

  @Option(
      names = "--invoked-as",
      hidden = true,
      paramLabel = "WORD",
      description = "A word of the command that was typed, if it was not this one.")
  private List<String> invokedAs = new ArrayList<>();

  /** Whether one short block is asked for. */
  public boolean quick() {
    return flag("quick", quick);
  }

  /**
   * Whether something is asked for by 1.
   *
   * @throws SpecException if it is neither 1 nor 0
   */
  public static boolean flag(String name, String value) {
    return switch (value) {
      case "1", "true" -> true;
      case "0", "false", "" -> false;
      default -> throw new SpecException(name, value, "1 or 0");
    };
  }

  /** A new run's own folder. */
  public Path folder(String what) {
    return results.resolve(stamped(what));
  }

  /** The name of the folder of a run that begins now: when, then what it is. */
  public static String stamped(String what) {
    return LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + "-" + what;
  }

  /** The folder of the built project. */
  public Path project() {
    return project;
  }

  /** The words of the command that was typed; empty if it was this one. */
  public List<String> invokedAs() {
    return List.copyOf(invokedAs);
  }
}
