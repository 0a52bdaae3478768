package shedlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A run that is made once for a class of tests and copied for each test that changes it. */
public final class Folder {
  private Folder() {}

  /** Every file of a folder into another. */
  public static void copy(Path from, Path to) throws IOException {
    for (String name : files(from)) {
      Path copy = to.resolve(name);
      Files.createDirectories(Objects.requireNonNull(copy.getParent()));
      Files.copy(from.resolve(name), copy);
    }
  }

  /** Paths of all files of a folder. */
  public static List<String> files(Path folder) throws IOException {
    try (Stream<Path> kept = Files.walk(folder)) {
      return kept.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
