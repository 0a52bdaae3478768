package shedlab.bench.refusals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.host.HostException;

/**
 * The server in Rust, built and started as its {@code target.properties} says.
 *
 * @param folder where its sources are
 * @param build the command that builds it, in that folder
 * @param start the program, in that folder
 */
record TokioTarget(Path folder, List<String> build, Path start) {
  private static final String FILE = "target.properties";
  private static final Pattern LOCKED =
      Pattern.compile("name = \"(hyper|tokio)\"\\s+version = \"([^\"]+)\"");

  /** Of a project's folder. */
  static TokioTarget of(Path project) throws IOException {
    Path folder = project.resolve("servers/targets/tokio");
    Properties keys = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(FILE))) {
      keys.load(reader);
    }
    return new TokioTarget(
        folder,
        List.of(key(keys, "build").split("\\s+")),
        folder.resolve(key(keys, "start")).toAbsolutePath());
  }

  private static String key(Properties keys, String name) {
    String value = keys.getProperty(name, "").strip();
    if (value.isEmpty()) {
      throw new HostException(FILE + ": " + name, "(not given)", "a command");
    }
    return value;
  }

  /**
   * Builds it.
   *
   * @throws HostException if there is no toolchain, or it fails
   */
  void compile() {
    String compiler = build.get(0);
    if (!Programs.isThere(compiler)) {
      throw new HostException(
          compiler, "missing", "installed, with the packages that the README names");
    }
    Programs.run(build, folder);
  }

  /** The versions of its libraries, once it is built. */
  String versions() throws IOException {
    StringBuilder versions = new StringBuilder();
    Matcher locked = LOCKED.matcher(Files.readString(folder.resolve("Cargo.lock")));
    while (locked.find()) {
      versions.append(versions.isEmpty() ? "" : ", ").append(locked.group(1)).append(' ');
      versions.append(locked.group(2));
    }
    return versions.toString();
  }
}
