package shedlab.injector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder and everything below it. */
final class FileTree {
  private FileTree() {}

  /** Writes all files below {@code root} as a zip, sorted, with paths relative to it. */
  static void zip(Path root, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Path file : below(root)) {
      if (Files.isRegularFile(file)) {
        zip.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    zip.finish();
  }

  /** Deletes {@code root} if it exists. */
  static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      for (Path path : below(root).stream().sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Path> below(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.sorted().toList();
    }
  }
}
