package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.targets.Targets;
import shedlab.spec.SpecException;

/** The options of every command that runs an experiment: which one, and what to change in it. */
final class ExperimentOptions {
  private static final String ALL = "all";
  private static final String FOLDER = "gatling/experiments";

  /** A blank before the next {@code key=}; others belong to a value, as in a path. */
  private static final String NEXT_PAIR = "\\s+(?=[a-z][a-z0-9-]*=)";

  @Option(
      names = "--experiment",
      defaultValue = "overload",
      paramLabel = "NAME",
      description =
          "What to run: a file of gatling/experiments by its name, any file by its path, several"
              + " separated by blanks or commas, or all (default: ${DEFAULT-VALUE}).")
  private String name = "overload";

  @Option(
      names = "--profile",
      defaultValue = "default",
      paramLabel = "PROFILE",
      description =
          "How much to measure: smoke shows that it works, default and full are evidence"
              + " (default: ${DEFAULT-VALUE}).")
  private String profile = "default";

  @Option(
      names = "--servers",
      paramLabel = "NAMES",
      description = "Only these servers, separated by blanks or commas.")
  private String servers = "";

  @Option(
      names = "--strategies",
      paramLabel = "TEXTS",
      description = "These strategies instead of the experiment's, separated by blanks.")
  private String strategies = "";

  @Option(
      names = "--loads",
      paramLabel = "NUMBERS",
      description =
          "These loads instead, in multiples of the capacity, separated by blanks or commas.")
  private String loads = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Other keys of the experiment, separated by blanks; 'shedlab settings' lists them.")
  private String settings = "";

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

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** The command as it was given, word by word. */
  List<String> invocation() {
    if (!invokedAs.isEmpty() || command == null) {
      return List.copyOf(invokedAs);
    }
    List<String> words =
        new ArrayList<>(List.of("java", "-jar", "gatling/bench/target/dist/shedlab.jar"));
    words.addAll(command.root().commandLine().getParseResult().originalArgs());
    return List.copyOf(words);
  }

  /** The experiments, separated by blanks or commas, or every one there is for {@code all}. */
  List<Experiment> experiments() {
    return experiments(Map.of());
  }

  /**
   * The same, with keys that the command decides or has options for; an empty value is not given,
   * and the options here outrank them.
   */
  List<Experiment> experiments(Map<String, String> more) {
    List<String> names =
        name.equals(ALL)
            ? names(project.resolve(FOLDER))
            : List.of(name.trim().split("[\\s,]+", -1));
    return names.stream()
        .map(each -> Experiment.load(experimentFile(each), profile, overrides(more)))
        .toList();
  }

  /** The servers of some experiments that are not ours. */
  Targets targets(List<Experiment> experiments) {
    return Targets.of(
        project, experiments.stream().flatMap(e -> e.servers().stream()).distinct().toList());
  }

  /** Where the distributions and the experiments are. */
  Path project() {
    return project;
  }

  /** Where runs go; it can be written to. */
  Path results() {
    requireWritable(results);
    return results;
  }

  private Path experimentFile(String name) {
    if (name.endsWith(".properties")) {
      return Path.of(name);
    }
    Path folder = project.resolve(FOLDER);
    Path file = folder.resolve(name + ".properties");
    if (!Files.isRegularFile(file)) {
      throw new SpecException("experiment", name, "all or one of " + names(folder));
    }
    return file;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".properties"))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Map<String, String> overrides(Map<String, String> more) {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String pair : settings.trim().split(NEXT_PAIR, -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String before = overrides.put(pair.substring(0, equals), pair.substring(equals + 1));
        SpecException.check(before == null, "set", pair, "each key once");
      } else if (!pair.isEmpty()) {
        throw new SpecException("set", pair, "key=value");
      }
    }
    Map<String, String> options = new LinkedHashMap<>();
    options.putAll(Map.of("servers", servers, "strategies", strategies, "loads", loads));
    more.forEach(
        (key, value) -> options.merge(key, value, (own, other) -> own.isBlank() ? other : own));
    options.forEach(
        (key, value) -> {
          if (!value.isBlank()) {
            overrides.put(key, value);
          }
        });
    return overrides;
  }

  private static void requireWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".writable", ""));
    } catch (IOException e) {
      throw new SpecException("results", folder, "a folder that can be written to");
    }
  }
}
