package shedlab.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** CPU time that a hypervisor gave to somebody else, from {@code /proc/stat}; zero elsewhere. */
record Steal(long stolen, long total) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int STEAL_FIELD = 7;

  /** All CPUs since boot. */
  static Steal now() {
    try {
      long[] ticks =
          Arrays.stream(Files.readAllLines(STAT).get(0).trim().split("\\s+"))
              .skip(1)
              .limit(STEAL_FIELD + 1)
              .mapToLong(Long::parseLong)
              .toArray();
      return new Steal(ticks[STEAL_FIELD], Arrays.stream(ticks).sum());
    } catch (IOException e) {
      return new Steal(0, 0);
    }
  }

  double shareSince(Steal earlier) {
    return total == earlier.total
        ? 0
        : (double) (stolen - earlier.stolen) / (total - earlier.total);
  }
}
