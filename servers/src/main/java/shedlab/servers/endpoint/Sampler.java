package shedlab.servers.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/** Appends readings to a CSV file, one flushed row each. Not thread-safe. */
final class Sampler {
  private final Telemetry telemetry;
  private final Path file;
  private @Nullable OutputStream out;

  /**
   * Opens the file, and writes the header if it is new or empty.
   *
   * @throws IOException if it cannot be written to
   */
  Sampler(Telemetry telemetry, Path file) throws IOException {
    this.telemetry = telemetry;
    this.file = file;
    OutputStream opened =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try {
      if (Files.size(file) == 0) {
        opened.write((Telemetry.CSV_HEADER + "\n").getBytes(UTF_8));
      }
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    out = opened;
  }

  /** Writes one row. If that fails, says so on standard error and writes no more. */
  void sample(long nowNanos) {
    if (out == null) {
      return;
    }
    try { // unbuffered: one write, one row
      out.write(telemetry.csvRow(nowNanos).getBytes(UTF_8));
    } catch (IOException e) {
      System.err.println(
          SpecException.message("samples", file, "room to write; " + e.getMessage()));
      close();
    }
  }

  void close() {
    OutputStream open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        System.err.println(SpecException.message("samples", file, "to be closed; " + e));
      }
    }
  }
}
