package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/** The folder that a system property names. */
class PlugInFolderTest {
  private static final String SERVICES = "META-INF/services/shedlab.strategy.Pieces";

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void forget() {
    System.clearProperty(Strategies.PLUG_INS);
  }

  private void jar(String entry, byte[] content) throws Exception {
    try (OutputStream file = Files.newOutputStream(folder.resolve("their strategies.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(entry));
      jar.write(content);
    }
    System.setProperty(Strategies.PLUG_INS, folder.toString());
  }

  @Test
  void aFolderWithoutJarsOrThatIsNotThereIsNoPlugIn() {
    System.setProperty(Strategies.PLUG_INS, folder.resolve("nowhere").toString());

    assertThat(Strategies.installed().limits()).hasSize(Strategies.builtIn().limits().size() + 1);
  }

  @Test
  void aJarThatNamesAMissingClassIsRefusedInOneLine() throws Exception {
    jar(SERVICES, "their.Missing\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(Strategies::installed)
        .withMessageStartingWith("strategies: shedlab.strategy.Pieces: ")
        .withMessageContaining("their.Missing")
        .withMessageEndingWith("(expected: jars with providers of shedlab.strategy.Pieces)");
  }
}
