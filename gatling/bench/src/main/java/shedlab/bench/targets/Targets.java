package shedlab.bench.targets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import shedlab.bench.setting.Schema;
import shedlab.spec.SpecException;

/** The targets that a run can name. */
public final class Targets {
  /** Where a project has those that it ships. */
  public static final String FOLDER = "servers/targets";

  private static final String URL = "url:";
  private static final String IMAGE = "image:";
  private static final String COMMAND = "cmd:";
  private static final int MOST_PORT = 65_536;

  /** No targets. */
  public static final Targets NONE = new Targets(Path.of(FOLDER));

  private final Path folder;
  private final Map<String, Target> named = new LinkedHashMap<>();

  private Targets(Path folder) {
    this.folder = folder;
  }

  /**
   * Those that some words of {@code servers} name, ours left out.
   *
   * @param project the folder of the project
   * @throws SpecException if a word names none
   */
  public static Targets of(Path project, Collection<String> words) {
    Targets targets = new Targets(project.resolve(FOLDER));
    for (String word : words) {
      if (!Schema.SERVER_NAMES.contains(word)) {
        targets.named.put(word, targets.resolve(word));
      }
    }
    return targets;
  }

  /**
   * The target of one word.
   *
   * @throws SpecException if the word names none
   */
  public static Target one(Path project, String word) {
    return new Targets(project.resolve(FOLDER)).resolve(word);
  }

  /** The names of those that the project ships, sorted. */
  public static List<String> shipped(Path project) {
    return new Targets(project.resolve(FOLDER)).shipped();
  }

  /** Those that were named, by their words. */
  public Map<String, Target> all() {
    return Collections.unmodifiableMap(named);
  }

  /** The target of a server's name; empty for one of ours. */
  public Optional<Target> find(String server) {
    return Optional.ofNullable(named.get(server));
  }

  /**
   * Why some of them cannot be built or started here, in one line each, by their names.
   *
   * @param java for targets on the JVM; empty for this one's
   */
  public Map<String, String> missing(String java) {
    Map<String, String> missing = new LinkedHashMap<>();
    named.forEach(
        (name, target) -> {
          if (target.origin() instanceof Target.Program program) {
            String why = new TargetBuild(name, program, java).missing();
            if (!why.isEmpty()) {
              missing.put(name, why);
            }
          }
        });
    return missing;
  }

  /** The strategies of those among some servers, by their names. */
  public Map<String, List<String>> strategies(Collection<String> servers) {
    Map<String, List<String>> strategies = new LinkedHashMap<>();
    named.forEach(
        (name, target) -> {
          if (servers.contains(name)) {
            strategies.put(name, target.strategies());
          }
        });
    return strategies;
  }

  private Target resolve(String word) {
    if (word.startsWith(URL)) {
      return address(word, word.substring(URL.length()));
    }
    if (word.startsWith(IMAGE)) {
      return other(word, new Target.Image(rest(word, IMAGE, "an image")));
    }
    if (word.startsWith(COMMAND)) {
      List<String> start = List.of(rest(word, COMMAND, "a command").split("\\s+"));
      return other(word, new Target.Program(Path.of(""), List.of(), 0, List.of(), start));
    }
    Path its = folder.resolve(word);
    if (word.contains("/") || !Files.isRegularFile(its.resolve(TargetFile.NAME))) {
      throw new SpecException(
          "servers",
          word,
          "some of "
              + Schema.SERVER_NAMES
              + ", a target of "
              + FOLDER
              + " "
              + shipped()
              + ", url:http://HOST:PORT, image:NAME or cmd:COMMAND");
    }
    return TargetFile.read(its);
  }

  private static String rest(String word, String prefix, String what) {
    String rest = word.substring(prefix.length());
    SpecException.check(!rest.isBlank(), "servers", word, prefix + what);
    return rest;
  }

  /**
   * A server that runs already. With a path of its own it is asked for that path, whatever that is:
   * nobody knows then what work it does.
   */
  private static Target address(String word, String text) {
    URI url = uri(word, text);
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    URI base = URI.create(url.getScheme() + "://" + url.getRawAuthority());
    Target.Paths usual = Target.Paths.USUAL;
    boolean own = !path.isEmpty();
    Target.Paths paths =
        own ? new Target.Paths(path + query, path + query, "", List.of(429, 503), false) : usual;
    return new Target(
        word, "a server at " + base, new Target.Address(base), paths, List.of(), Map.of());
  }

  private static URI uri(String word, String text) {
    String rule = "url:http://HOST:PORT, with a path if it has another than /work";
    try {
      URI url = URI.create(text);
      SpecException.check(
          "http".equals(url.getScheme())
              && url.getHost() != null
              && url.getRawFragment() == null
              && url.getPort() != 0
              && url.getPort() < MOST_PORT,
          "servers",
          word,
          rule);
      return url;
    } catch (IllegalArgumentException e) {
      throw e instanceof SpecException ? e : new SpecException("servers", word, rule);
    }
  }

  private static Target other(String word, Target.Origin origin) {
    return new Target(word, word, origin, Target.Paths.USUAL, List.of(), Map.of());
  }

  private List<String> shipped() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(each -> Files.isRegularFile(each.resolve(TargetFile.NAME)))
          .map(each -> each.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SpecException("targets", folder, "a readable folder");
    }
  }
}
