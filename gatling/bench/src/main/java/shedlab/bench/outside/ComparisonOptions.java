package shedlab.bench.outside;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shedlab.spec.SpecException;

/** The options of a command that compares servers from outside. */
public final class ComparisonOptions {
  @Option(
      names = "--servers",
      paramLabel = "NAMES",
      description = "Servers, separated by blanks (default: all).")
  private String names = "";

  @Mixin private RunOptions run = new RunOptions();

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
    return run.quick();
  }

  /** A new run's own folder. */
  public Path folder(String comparison) {
    return run.folder(comparison);
  }

  /** The folder of the built project. */
  public Path project() {
    return run.project();
  }

  /** The words of the command that was typed; empty if it was this one. */
  public List<String> invokedAs() {
    return run.invokedAs();
  }
}
