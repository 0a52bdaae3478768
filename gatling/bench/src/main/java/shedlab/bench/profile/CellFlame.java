package shedlab.bench.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import shedlab.bench.experiment.Cell;
import shedlab.bench.host.HostException;
import shedlab.bench.host.JvmFlags;
import shedlab.bench.host.RunningServer;
import shedlab.report.file.Scratch;
import shedlab.report.file.WholeFile;
import shedlab.report.flame.FlamePage;
import shedlab.report.flame.Stacks;
import shedlab.report.raw.RawCell;

/** The flame graph of a cell: what the server's recorder has of its window. */
public final class CellFlame {
  private static final List<String> NOTES =
      List.of(
          "Width: CPU time of the server's threads in the measured window, by the kernel, as a share"
              + " of all; the garbage collector is not in it. Within a thread it is divided by"
              + " samples of its Java code, "
              + JvmFlags.SAMPLE_MILLIS
              + " ms apart: system calls are never sampled, nor is a compiler.",
          "Tasks and refusals stand together by their code; everything else stands under its thread,"
              + " and threads of a pool are one. A click on a frame widens it, a click beside the"
              + " frames shows all.");

  private CellFlame() {}

  /**
   * Writes {@code stacks.folded} and {@code flame.html} into a cell's folder; nothing for a server
   * that records nothing, or that had nothing to do.
   *
   * @param title the cell, in words
   * @param fromEpochMicros the window, by the server's clock; likewise the next
   * @throws HostException if the recording cannot be read
   * @throws IOException if the files cannot be written
   */
  public static void write(
      RunningServer server, String title, long fromEpochMicros, long toEpochMicros, Path folder)
      throws IOException {
    try (Scratch scratch = Scratch.create()) {
      Optional<Path> repository = server.recording(scratch.folder().resolve("repository"));
      if (repository.isEmpty()) {
        return;
      }
      Path copies = Files.createDirectories(scratch.folder().resolve("chunks"));
      Stacks stacks = read(repository.get(), at(fromEpochMicros), at(toEpochMicros), copies);
      if (!stacks.weights().isEmpty()) {
        stacks.write(folder);
        Path page = folder.resolve(RawCell.FLAME_GRAPH);
        WholeFile.write(page, FlamePage.of(title, NOTES, stacks), false);
      }
    }
  }

  /** A cell in words. */
  public static String title(Cell cell) {
    return "CPU time of " + cell.condition().words() + ", repeat " + cell.repeat();
  }

  private static Stacks read(Path repository, Instant from, Instant to, Path copies) {
    try {
      return Recording.between(repository, from, to, copies);
    } catch (IOException e) {
      throw new HostException("recording", HostException.reason(e), "one that can be read", e);
    }
  }

  private static Instant at(long epochMicros) {
    return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
  }
}
