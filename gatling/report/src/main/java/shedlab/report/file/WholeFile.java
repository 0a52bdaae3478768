package shedlab.report.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file of text that a reader sees as it was or as it is, never half written. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes it, in place of an earlier one.
   *
   * @param durable whether it is on the disk when this returns
   * @throws IOException that names the file; then the earlier one is still there, and nothing else
   */
  public static void write(Path file, String text, boolean durable) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (var channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        if (durable) {
          channel.force(true);
        }
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw naming(file, e);
    }
  }

  /** A failed write with the name of its file, which a full disk, for one, does not tell. */
  public static IOException naming(Path file, IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains(file.toString())
        ? e
        : new IOException(file + ": " + message + " (expected: to be written)", e);
  }
}
