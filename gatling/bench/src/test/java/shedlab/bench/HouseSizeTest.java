package shedlab.bench;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import shedlab.report.Project;

/** Size limits for all modules. Exceptions are named here; DECISIONS.md says why. */
class HouseSizeTest {
  private static final int LINES = 300;
  private static final int COMPONENTS = 12;
  private static final int FILES = 20;

  private static final Set<String> LONG_FILES = Set.of("Gate.java");
  private static final Set<String> LARGE_PACKAGES = Set.of();
  private static final Set<String> LONG_RECORDS = Set.of();

  private static final Pattern RECORD = Pattern.compile("\\brecord (\\w+)(?:<[^>]*>)?\\(");

  @Test
  void noMainFileIsTooLong() throws IOException {
    var tooLong = new ArrayList<String>();
    for (Path file : mainFiles()) {
      if (lines(file) > LINES) {
        tooLong.add(name(file));
      }
    }
    assertThat(tooLong).containsExactlyInAnyOrderElementsOf(LONG_FILES);
  }

  @Test
  void everyExceptionHasItsReasonInTheDecisions() throws IOException {
    String decisions = Files.readString(Project.file("DECISIONS.md"));
    for (Set<String> names : List.of(LONG_FILES, LARGE_PACKAGES, LONG_RECORDS)) {
      for (String name : names) {
        assertThat(decisions).contains("`" + name.replace(".java", "") + "`");
      }
    }
  }

  @Test
  void noRecordHasTooManyComponents() throws IOException {
    var tooMany = new ArrayList<String>();
    for (Path file : mainFiles()) {
      Matcher record = RECORD.matcher(Files.readString(file));
      while (record.find()) {
        if (components(Files.readString(file), record.end()) > COMPONENTS) {
          tooMany.add(record.group(1));
        }
      }
    }
    assertThat(tooMany).containsExactlyInAnyOrderElementsOf(LONG_RECORDS);
  }

  @Test
  void noPackageHasTooManyFiles() throws IOException {
    Map<String, Long> sizes =
        mainFiles().stream()
            .filter(file -> !name(file).equals("package-info.java"))
            .collect(groupingBy(HouseSizeTest::folder, TreeMap::new, counting()));
    sizes.values().removeIf(size -> size <= FILES);
    assertThat(sizes.keySet()).containsExactlyInAnyOrderElementsOf(LARGE_PACKAGES);
  }

  private static List<Path> mainFiles() throws IOException {
    var files = new ArrayList<Path>();
    for (String module : List.of("strategies", "servers", "gatling", "jmh")) {
      Files.walkFileTree(
          Project.file(module),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              // Where something may be built meanwhile.
              return Set.of("target", "node_modules").contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().matches(".*/src/main/.*\\.(java|js)")) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    assertThat(files).hasSizeGreaterThan(200);
    return files;
  }

  private static int lines(Path file) throws IOException {
    return Files.readAllLines(file).size();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static String folder(Path file) {
    return file.toString().replaceAll(".*/src/main/(java|resources)/(.*)/[^/]*", "$2");
  }

  /** The number of components: commas outside of inner brackets, plus one. */
  private static int components(String text, int from) {
    int depth = 1;
    int commas = 0;
    int at = from;
    for (; depth > 0; at++) {
      char c = text.charAt(at);
      depth += "(<".indexOf(c) >= 0 ? 1 : ")>".indexOf(c) >= 0 ? -1 : 0;
      commas += c == ',' && depth == 1 ? 1 : 0;
    }
    return text.substring(from, at - 1).isBlank() ? 0 : commas + 1;
  }
}
