package shedlab.report.raw;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import shedlab.report.file.StrictJson;

/**
 * {@code part.json}: counts of one of several load generators, from which those of all follow.
 *
 * @param startsPerSecond requests that started in each second from the schedule's zero
 * @param ends the milliseconds of the window in which a request ended, as bits in Base64: the first
 *     millisecond is the lowest bit of the first byte
 */
public record PartCounts(int formatVersion, List<Integer> startsPerSecond, String ends) {
  /** The version that this code writes. */
  public static final int FORMAT = 1;

  /** The file's name in a generator's folder. */
  public static final String FILE = "part.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().defaultPrettyPrinter(StrictJson.printer()).build();

  /** Takes the lists as they are. */
  public PartCounts {
    startsPerSecond = List.copyOf(startsPerSecond);
  }

  /** Of the version that this code writes. */
  public static PartCounts of(List<Integer> startsPerSecond, BitSet endedMillis) {
    return new PartCounts(
        FORMAT, startsPerSecond, Base64.getEncoder().encodeToString(endedMillis.toByteArray()));
  }

  /** The milliseconds of the window in which a request ended. */
  public BitSet endedMillis() {
    return BitSet.valueOf(Base64.getDecoder().decode(ends));
  }

  /**
   * Reads the file of a generator's folder.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static PartCounts read(Path folder) throws IOException {
    PartCounts read =
        StrictJson.of(folder.resolve(FILE))
            .upgraded(FORMAT, (json, version) -> {})
            .as(PartCounts.class);
    try {
      read.endedMillis();
    } catch (IllegalArgumentException e) {
      throw new IOException(FILE + ": ends: not Base64 (expected: bits in Base64)", e);
    }
    return read;
  }

  /** Writes the file into a folder. */
  public void write(Path folder) throws IOException {
    String text = JSON.writer(StrictJson.printer()).writeValueAsString(this) + "\n";
    Files.write(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
  }
}
