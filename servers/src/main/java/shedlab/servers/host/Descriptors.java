package shedlab.servers.host;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;

/**
 * The file descriptors of this process. Each connection takes one, so a server that accepts without
 * end runs out of them, and then it can neither accept nor open a file.
 */
public final class Descriptors {
  /** Kept for everything that is not a connection: logs, samples, selectors, classes. */
  private static final int RESERVED = 64;

  private static final int FEWEST = 16;
  private static final int MOST = 1_000_000;

  private Descriptors() {}

  /** How many connections this process can have open and still open files. */
  public static int forConnections() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return MOST;
    }
    long free = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - RESERVED;
    return (int) Math.max(FEWEST, Math.min(MOST, free));
  }

  /**
   * Reads the files that the JDK reads when the first date is formatted. A class that cannot read
   * its file once is broken until the process ends, so it must not happen without descriptors.
   */
  public static void readFilesNow() {
    Instant now = Instant.now();
    String unused =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneId.systemDefault()))
            + new SimpleDateFormat("zzz", Locale.US).format(Date.from(now));
  }
}
