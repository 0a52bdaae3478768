package shedlab.injector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder and everything below it. */
final class FileTree {
  private FileTree() {}

  /** Writes all files below {@code root} as a zip, sorted, with paths relative to it. */
  static void zip(Path root, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    zip.finish();
  }
}
