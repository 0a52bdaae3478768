package shedlab.bench.outside;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import shedlab.spec.SpecException;

/** The options of a command that compares servers from outside. */
public final class ComparisonOptions {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(
      names = "--servers",
      paramLabel = "NAMES",
      description = "Servers, separated by blanks (default: all).")
  private String names = "";

  @Option(
      names = "--quick",
      defaultValue = "0",
      paramLabel = "1",
      description = "One short block: no evidence, but done in about two minutes.")
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

  /** The servers asked for, else all that are known. */
  public List<String> servers(List<String> known) {
    if (names.isBlank()) {
      return known;
    }
    List<String> servers = List.of(names.strip().split("[\\s,]+"));
    boolean right =
        known.containsAll(servers) && servers.stream().distinct().count() == servers.size();
    SpecException.check(
        right, "servers", names, "some of " + String.join(" ", known) + ", each once");
    return servers;
  }

  /** Whether one short block is asked for. */
  public boolean quick() {
    return switch (quick) {
      case "1", "true" -> true;
      case "0", "false", "" -> false;
      default -> throw new SpecException("quick", quick, "1 or 0");
    };
  }

  /** A new run's own folder. */
  public Path folder(String comparison) {
    return results.resolve(
        LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + "-" + comparison);
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
