package shedlab.bench.log;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import shedlab.load.ArrivalProcess;
import shedlab.load.RecordedFile;
import shedlab.load.Trace;
import shedlab.spec.SpecException;

/**
 * The arrivals of an experiment from an access log: {@code log:file=PATH}, with {@code ,sizes=none}
 * after the path for requests that are all alike, and with the options of any recording. The log
 * becomes a {@link Trace} at once; nothing else of it is kept.
 */
public final class LogArrivals {
  /** What such a text begins with. */
  public static final String KIND = "log";

  private static final String BEGINNING = KIND + ":file=";
  private static final String SIZES = "sizes";
  private static final String BY_ROUTE = "routes";
  private static final String NONE = "none";
  private static final Set<String> OPTIONS = Set.of(SIZES, ArrivalProcess.SPEED);

  /** Of a hundred lines. A log with more is of another kind, or broken. */
  private static final double MOST_BAD = 0.01;

  /** How many of the requests were in time is not asked here. */
  private static final Duration ANY_DEADLINE = Duration.ofSeconds(1);

  private LogArrivals() {}

  /** Whether a text is one of an access log. */
  public static boolean are(String text) {
    return text.equals(KIND) || text.startsWith(KIND + ":");
  }

  /**
   * Reads the text, and the log.
   *
   * @throws SpecException that names the file, and the line if it is one, of what is wrong
   */
  public static ArrivalProcess read(String text) {
    String rest = text.startsWith(BEGINNING) ? text.substring(BEGINNING.length()) : "";
    RecordedFile file = RecordedFile.read(rest, OPTIONS);
    SpecException.check(
        !file.path().isEmpty(), "arrivals", text, BEGINNING + " and the path of an access log");
    String sizes = file.options().getOrDefault(SIZES, BY_ROUTE);
    SpecException.check(
        Set.of(BY_ROUTE, NONE).contains(sizes), SIZES, sizes, BY_ROUTE + " or " + NONE);
    AccessLog.Part part = log(file.path()).part();
    return ArrivalProcess.of(sizes.equals(BY_ROUTE) ? part.sized() : part.trace(), file.options());
  }

  private static AccessLog log(String path) {
    AccessLog log;
    try {
      log = AccessLog.read(Path.of(path), ANY_DEADLINE, Integer.MAX_VALUE);
    } catch (IOException | InvalidPathException e) {
      throw new SpecException("log", path, "a readable file");
    }
    Lines lines = log.lines();
    SpecException.check(
        lines.bad() <= MOST_BAD * (lines.read() + lines.bad()),
        "log",
        lines.firstBad(),
        "a request, in 99 of 100 lines; " + lines.bad() + " are none");
    return log;
  }
}
