package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One JDK for one command: that of JAVA_HOME, else the one on the PATH. Both JDKs and Maven are
 * programs that only write down how they were started.
 */
class MakefileTest {
  private static final String COMMANDS =
      "bench,capacity,simulate,refusals,protocols,clean-rate,conformance TARGET=x,advise,league,metastable,report RUN=x,verify RUN=x,compare A=x B=y,gate BASE=x,index,doctor,jmh,"
          + "speed,strategies,settings,publish RUN=x,reference-jmh RUN=x";

  @TempDir private Path folder = Path.of("");
  private Path log = folder;
  private Path home = folder;
  private Path path = folder;

  @BeforeEach
  void programs() throws IOException {
    log = folder.resolve("log");
    home = folder.resolve("a 'new' JDK");
    path = folder.resolve("path");
    program(home.resolve("bin/java"), "JAVA_HOME runs");
    program(path.resolve("java"), "the PATH runs");
    program(path.resolve("mvn"), "${JAVA_HOME:-the PATH} builds");
  }

  private void program(Path file, String line) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "#!/bin/sh\necho \"" + line + "\" >>'" + log + "'\necho BUILD SUCCESS\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  static String[] commands() {
    return COMMANDS.split(",", -1);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theJdkThatBuildsRunsWhatItBuilt(String command) throws Exception {
    Clone clone = Clone.in(folder.resolve("clone"));
    String programs = path + ":" + System.getenv("PATH");
    String[] words = command.split(" ", -1);

    clone.make(Map.of("PATH", programs, "JAVA_HOME", home.toString()), words);
    assertThat(Files.readAllLines(log)).containsOnly(home + " builds", "JAVA_HOME runs");

    Files.delete(log);
    Files.delete(clone.folder().resolve("target/built"));
    clone.make(Map.of("PATH", programs, "JAVA_HOME", ""), words);
    assertThat(Files.readAllLines(log)).containsOnly("the PATH builds", "the PATH runs");
  }
}
