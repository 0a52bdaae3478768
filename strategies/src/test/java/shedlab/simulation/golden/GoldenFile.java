package shedlab.simulation.golden;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is committed and computed anew in every test run: both must be identical. Only {@code
 * make golden} writes it.
 */
final class GoldenFile {
  static final boolean WRITES = "write".equals(System.getProperty("shedlab.golden"));
  private static final int MOST_SHOWN = 40;

  private GoldenFile() {}

  /** A file that is nothing but the text. Paths are relative to the module. */
  static void check(Path file, String computed) throws IOException {
    String committed = Files.exists(file) ? read(file) : "";
    checkOrWrite(file, committed, computed, computed);
  }

  /** The text between {@code <!-- name -->} and {@code <!-- /name -->} in a larger file. */
  static void checkBlock(Path file, String name, String computed) throws IOException {
    String whole = read(file);
    Pattern block = Pattern.compile("(?s)(<!-- " + name + " -->\n)(.*?)(<!-- /" + name + " -->)");
    Matcher found = block.matcher(whole);
    if (!found.find()) {
      fail("%s: no block named %s", file, name);
    }
    String renewed =
        whole.substring(0, found.start(2)) + computed + whole.substring(found.start(3));
    checkOrWrite(file, found.group(2), computed, renewed);
  }

  static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static void checkOrWrite(Path file, String committed, String computed, String renewed)
      throws IOException {
    if (committed.equals(computed)) {
      return;
    }
    if (WRITES) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, renewed, StandardCharsets.UTF_8);
      return;
    }
    fail(
        "%s is not what the code computes now (- committed, + computed):%n%s%n"
            + "If the change is intended, write it anew with `make golden` and commit the difference.",
        file, difference(committed.lines().toList(), computed.lines().toList()));
  }

  /**
   * Lines that differ, each below the last heading before it. Lines are compared by number, which
   * fits unless a row was added or removed.
   */
  static String difference(List<String> committed, List<String> computed) {
    List<String> shown = new ArrayList<>();
    String heading = "";
    int differing = 0;
    for (int i = 0; i < Math.max(committed.size(), computed.size()); i++) {
      String was = i < committed.size() ? committed.get(i) : "(no line)";
      String is = i < computed.size() ? computed.get(i) : "(no line)";
      heading = is.startsWith("#") ? is : heading;
      if (was.equals(is)) {
        continue;
      }
      differing++;
      if (shown.size() >= MOST_SHOWN) {
        continue;
      }
      if (!heading.isEmpty()) {
        shown.add(heading);
        heading = "";
      }
      shown.add("- " + was);
      shown.add("+ " + is);
    }
    return String.join(System.lineSeparator(), shown)
        + System.lineSeparator()
        + differing
        + " of "
        + computed.size()
        + " lines differ";
  }
}
