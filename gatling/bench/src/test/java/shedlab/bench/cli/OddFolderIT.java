package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.cli.Clone.Made;

/** The built commands in a folder whose name means something to URLs, shells and class paths. */
class OddFolderIT {
  private static final String DIST = "/target/dist";

  /** The JDK that runs the test. */
  private static final Map<String, String> JAVA =
      Map.of("JAVA_HOME", System.getProperty("java.home"));

  @TempDir private Path folder = Path.of("");

  /** Without an umlaut where the JVM cannot open such a file: in the locale POSIX. */
  private Clone clone(String name) throws Exception {
    boolean umlauts =
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('ü');
    Clone clone = Clone.in(folder.resolve(umlauts ? name : name.replace('ü', 'u')));
    clone.copy("gatling/experiments");
    clone.copy("gatling/bench" + DIST);
    clone.copy("gatling/injector" + DIST + "/injector.jar");
    clone.copy("servers" + DIST);
    return clone;
  }

  private static Made make(Clone clone, String... words) throws Exception {
    String[] all = new String[words.length + 4];
    System.arraycopy(new String[] {"-o", "build", "-o", "target/built"}, 0, all, 0, 4);
    System.arraycopy(words, 0, all, 4, words.length);
    return clone.make(JAVA, all);
  }

  @Test
  void aRunIsSimulatedAndVerifiedThere() throws Exception {
    Clone clone = clone("wow! so/a%2Fb ümlaut: it's #1 $x");
    Made simulated = make(clone, "simulate", "PROFILE=smoke");
    assertThat(simulated.code()).as(simulated.text()).isZero();
    String report = simulated.text().strip().lines().reduce("", (before, line) -> line);
    String run = report.substring(0, report.lastIndexOf('/'));

    for (String name : new String[] {run, clone.folder().resolve(run).toString()}) {
      Made verified = make(clone, "verify", "RUN=" + name);
      assertThat(verified.text()).endsWith("Everything follows.\n");
      assertThat(verified.code()).isZero();
    }
  }

  @Test
  void theServersDistributionIsAskedThere() throws Exception {
    Clone clone = clone("wow! so/a%2Fb ümlaut, it's #1 $x");
    Made refused = make(clone, "bench", "HOST=processes", "STRATEGIES=netflix-vgas");
    assertThat(refused.text())
        .startsWith("shedlab: strategy: netflix-vgas (expected: one of netflix-vegas");
    assertThat(refused.code()).isEqualTo(2);
  }

  @Test
  void anExclamationMarkAtTheEndOfANameIsRefusedInOneLine() throws Exception {
    Clone clone = clone("wow!/ümlaut");
    Made refused = make(clone, "simulate", "PROFILE=smoke");
    assertThat(refused.text())
        .startsWith("shedlab: folder: " + clone.folder())
        .contains("(expected: a path without a name that ends with '!')\n")
        .hasLineCount(2);
  }

  @Test
  void aColonWhichSeparatesAClassPathIsRefusedInOneLine() throws Exception {
    Clone clone = clone("a: b");
    Made refused = make(clone, "bench", "HOST=processes");
    assertThat(refused.text())
        .startsWith("shedlab: folder: " + clone.folder().resolve("servers/target/dist"))
        .contains("(expected: a path without ':')\n")
        .hasLineCount(2);
  }
}
