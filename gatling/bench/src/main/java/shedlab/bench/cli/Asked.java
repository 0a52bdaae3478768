package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import shedlab.bench.experiment.Experiment;
import shedlab.spec.SpecException;

/** What every command that carries out an experiment is asked: which one, and what of it. */
final class Asked {
  private static final String ALL = "all";
  private static final String FOLDER = "gatling/experiments";

  @Option(names = "--experiment", defaultValue = "${env:E:-overload}")
  private String name = "overload";

  @Option(names = "--profile", defaultValue = "${env:PROFILE:-default}")
  private String profile = "default";

  @Option(names = "--servers", defaultValue = "${env:SERVERS:-}")
  private String servers = "";

  @Option(names = "--strategies", defaultValue = "${env:STRATEGIES:-}")
  private String strategies = "";

  @Option(names = "--loads", defaultValue = "${env:LOAD:-}")
  private String loads = "";

  @Option(names = "--set", defaultValue = "${env:SET:-}", description = "key=value, by spaces")
  private String settings = "";

  @Option(names = "--results", defaultValue = "results")
  private Path results = Path.of("results");

  @Option(names = "--project", defaultValue = ".")
  private Path project = Path.of(".");

  /** The experiment, narrowed as asked. */
  Experiment experiment() {
    return Experiment.load(experimentFile(name), profile, overrides());
  }

  /** The experiment, or every one there is for {@code all}. */
  List<Experiment> experiments() {
    if (!name.equals(ALL)) {
      return List.of(experiment());
    }
    return names(project.resolve(FOLDER)).stream()
        .map(each -> Experiment.load(experimentFile(each), profile, overrides()))
        .toList();
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

  private Map<String, String> overrides() {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String pair : settings.trim().split("\\s+", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        overrides.put(pair.substring(0, equals), pair.substring(equals + 1));
      } else if (!pair.isEmpty()) {
        throw new SpecException("set", pair, "key=value");
      }
    }
    Map.of("servers", servers, "strategies", strategies, "loads", loads)
        .forEach(
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
