package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project of strategies/README.md, built with Maven outside of ours: it runs the contracts, and
 * a build that runs none fails. Its repository holds what {@code mvn install} would have put there,
 * and links to all the rest, so that nothing is installed or downloaded.
 */
class StandaloneProjectIT {
  private static final Path SHEDLAB = Path.of(property("shedlab.project"));
  private static final Path DOWNLOADED = Path.of(property("shedlab.repository"));
  private static final String VERSION = "1.0.0";

  /** Pinned here, because the defaults of the running Maven need not be there. */
  private static final String OTHER_PLUGINS =
      """
            <plugin>
              <artifactId>maven-resources-plugin</artifactId>
              <version>3.5.0</version>
            </plugin>
            <plugin>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>3.16.0</version>
            </plugin>
      """;

  @TempDir Path root = Path.of("");

  @BeforeEach
  void theRepository() throws IOException {
    Path repository = Files.createDirectories(root.resolve("repository"));
    try (Stream<Path> groups = Files.list(DOWNLOADED)) {
      for (Path group : groups.filter(path -> !path.endsWith("shedlab")).toList()) {
        Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
      }
    }
    Path target = SHEDLAB.resolve("strategies/target");
    install("shedlab", ".pom", SHEDLAB.resolve("pom.xml"));
    install("strategies", ".pom", SHEDLAB.resolve("strategies/pom.xml"));
    install("strategies", ".jar", target.resolve("strategies-" + VERSION + ".jar"));
    install("strategies", "-tests.jar", target.resolve("strategies-" + VERSION + "-tests.jar"));
  }

  /** JUnit says a line for each link that it finds there. */
  @AfterEach
  void noLinkIsLeft() throws IOException {
    try (Stream<Path> groups = Files.list(root.resolve("repository"))) {
      for (Path link : groups.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void theProjectOfTheReadmeRunsTheContractOfItsOwnLimit() throws Exception {
    Path project = project();
    copy("src/main", project);
    copy("src/test/java/example/DoublingLimitTest.java", project);
    Built built = build(project);

    assertThat(built.output).contains("BUILD SUCCESS");
    assertThat(built.exit).isZero();
    Matcher ran = Pattern.compile("Tests run: (\\d+), Failures: 0").matcher(built.output);
    assertThat(ran.find()).as(built.output).isTrue();
    assertThat(Integer.parseInt(ran.group(1))).isGreaterThan(8);
  }

  @Test
  void aBuildThatRunsNoTestFails() throws Exception {
    Path project = project();
    copy("src/main", project);
    Built built = build(project);

    assertThat(built.exit).as(built.output).isNotZero();
    assertThat(built.output).contains("No tests to run");
  }

  private Path project() throws IOException {
    Path project = Files.createDirectories(root.resolve("project"));
    String readme = Files.readString(SHEDLAB.resolve("strategies/README.md"));
    Matcher pom = Pattern.compile("```xml\n(<project.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(pom.find()).isTrue();
    Files.writeString(
        project.resolve("pom.xml"),
        pom.group(1).replace("<plugins>\n", "<plugins>\n" + OTHER_PLUGINS));
    return project;
  }

  /** Without package-info.java: its annotation is of a library that the project does not need. */
  private static void copy(String what, Path project) throws IOException {
    Path from = SHEDLAB.resolve("strategies/example");
    try (Stream<Path> files = Files.walk(from.resolve(what))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("package-info.java")) {
          Path to = project.resolve(from.relativize(file));
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
  }

  private record Built(int exit, String output) {}

  private Built build(Path project) throws IOException, InterruptedException {
    Process maven =
        new ProcessBuilder(
                List.of(
                    property("maven.home") + "/bin/mvn",
                    "-B",
                    "-o",
                    "-Dmaven.repo.local=" + root.resolve("repository"),
                    "test"))
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    maven.getOutputStream().close();
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Built(maven.waitFor(), output);
  }

  private void install(String artifact, String suffix, Path file) throws IOException {
    Path folder = root.resolve("repository/shedlab").resolve(artifact).resolve(VERSION);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + VERSION + suffix));
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
