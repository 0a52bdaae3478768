package shedlab.bench.targets;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import shedlab.bench.experiment.ExperimentFile;
import shedlab.bench.experiment.Line;
import shedlab.spec.SpecException;

/** Reads {@value #NAME}: what a folder says of the target in it. */
final class TargetFile {
  /** The file's name. */
  static final String NAME = "target.properties";

  private static final String ENVIRONMENT = "environment.";
  private static final int MOST_LIMITS = 10;

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "title", "needs", "java", "build", "start", "work", "health", "metrics", "shed",
              "limits"));

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Path file;

  private TargetFile(Path file) {
    this.file = file;
    for (Line line : ExperimentFile.read(file)) {
      String key = line.written();
      if (key.startsWith(ENVIRONMENT)) {
        environment.put(variable(line), line.value());
      } else if (KEYS.contains(key)) {
        lines.put(key, line);
      } else {
        throw line.refused("one of " + KEYS + ", or " + ENVIRONMENT + "NAME");
      }
    }
  }

  /**
   * Reads the file of a folder.
   *
   * @throws SpecException that names file and line, if it breaks a rule
   */
  static Target read(Path folder) {
    TargetFile file = new TargetFile(folder.resolve(NAME));
    Target.Program program =
        new Target.Program(
            folder,
            file.words("needs"),
            file.read("java", "0", file::jdk),
            file.words("build"),
            file.words("start", file.required("start")));
    Target.Paths usual = Target.Paths.USUAL;
    return new Target(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        file.required("title"),
        program,
        new Target.Paths(
            file.read("work", usual.work(), text -> file.work(text)),
            file.read("health", usual.health(), TargetFile::path),
            file.read("metrics", "none", text -> text.equals("none") ? "" : path(text)),
            file.read("shed", "429", text -> file.numbers("shed", text, 400, 599)),
            true),
        file.read("limits", "", text -> file.numbers("limits", text, 1, 999_999)),
        Map.copyOf(file.environment));
  }

  private static String variable(Line line) {
    String name = line.written().substring(ENVIRONMENT.length());
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw line.refused(ENVIRONMENT + "NAME, letters, digits and _");
    }
    return name;
  }

  private String required(String key) {
    Line line = lines.get(key);
    if (line == null || line.value().isEmpty()) {
      throw new SpecException(key, "(not given)", "a line " + key + " = ...").at(file.toString());
    }
    return line.value();
  }

  /** The value of a key, or what it is without; a mistake names the line. */
  private <T> T read(String key, String fallback, Function<String, T> reader) {
    Line line = lines.get(key);
    try {
      return reader.apply(line == null || line.value().isEmpty() ? fallback : line.value());
    } catch (SpecException e) {
      throw line == null ? e : line.located(e);
    }
  }

  private List<String> words(String key) {
    return read(key, "", text -> words(key, text));
  }

  private List<String> words(String key, String text) {
    SpecException.check(text.length() < 2_000, key, "a long line", "less than 2000 letters");
    return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private int jdk(String text) {
    return number("java", text, 0, 99);
  }

  private String work(String text) {
    SpecException.check(
        text.contains(Target.Paths.UNITS),
        "work",
        text,
        "a path in which " + Target.Paths.UNITS + " stands for the size of the work");
    return path(text);
  }

  private static String path(String text) {
    SpecException.check(
        text.startsWith("/") && isReference(text.replace(Target.Paths.UNITS, "1")),
        "path",
        text,
        "a path as URLs have it, that begins with /");
    return text;
  }

  private static boolean isReference(String text) {
    try {
      return URI.create("http://host" + text).getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private List<Integer> numbers(String key, String text, int least, int most) {
    List<Integer> numbers =
        words(key, text).stream().map(word -> number(key, word, least, most)).distinct().toList();
    SpecException.check(
        numbers.size() <= MOST_LIMITS, key, text, "at most " + MOST_LIMITS + " numbers");
    return numbers;
  }

  private static int number(String key, String text, int least, int most) {
    int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    SpecException.check(
        number >= least && number <= most,
        key,
        text,
        "whole numbers from " + least + " to " + most);
    return number;
  }
}
