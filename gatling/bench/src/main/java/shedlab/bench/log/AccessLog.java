package shedlab.bench.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.load.ArrivalProcess;
import shedlab.load.Trace;
import shedlab.spec.SpecException;

/**
 * What an access log says: its arrivals, what became of the requests, and how long they took when
 * there was little to do. It is read twice, and never held as a whole: of a long log, the arrivals
 * are those of its busiest minutes.
 *
 * @param format its name
 * @param lines how many were read
 * @param part what the arrivals and the outcomes are of
 * @param calm durations of answers in the calm part of the whole log
 * @param busy durations of answers in its busiest tenth
 * @param calmRate requests per second in the calm part
 * @param peakPerSecond answers per second in the part with most of them
 */
public record AccessLog(
    Path file,
    String format,
    Lines lines,
    Part part,
    Calm calm,
    Durations busy,
    double calmRate,
    double peakPerSecond) {
  /** More arrivals take too long to simulate with every strategy. */
  private static final long MOST_ARRIVALS = 20_000;

  private static final List<Long> SECONDS = List.of(600L, 300L, 120L, 60L, 30L, 10L);

  /** Parts of a log, as shares of its seconds, the least busy first. */
  static final List<Double> CALM = List.of(0.25, 0.5, 0.9, 1.0);

  private static final String TOO_SHORT = "requests over 3 seconds or more";
  private static final long SEED = 16;
  private static final double SECOND = 1e6;

  /**
   * The part of a log that is simulated.
   *
   * @param whole whether it is all of the log
   * @param trace when each request began, from the first
   * @param sized the same with the sizes of their routes, as far as the log tells them apart
   * @param outcomes what became of them
   * @param placed whether the log has whole seconds, and each request was placed at random in its
   *     own
   */
  public record Part(boolean whole, Trace trace, Trace sized, Outcomes outcomes, boolean placed) {
    /** From the first arrival to the last. */
    public double seconds() {
      return trace.seconds();
    }

    /** Arrivals per second. */
    public double ratePerSecond() {
      return trace.ratePerSecond();
    }

    /** The arrivals, as those of an experiment whose requests are alike. */
    public ArrivalProcess arrivals() {
      return ArrivalProcess.of(trace);
    }
  }

  /**
   * What became of requests.
   *
   * @param inTime answered within the deadline
   * @param untimed answered, but the log does not say how fast
   * @param refused 429 or 503
   * @param others everything else, such as 404 or 500
   */
  public record Outcomes(long inTime, long late, long untimed, long refused, long others) {
    /** All requests. */
    public long all() {
      return inTime + late + untimed + refused + others;
    }

    /** Answered, in time or not. */
    public long answered() {
      return inTime + late + untimed;
    }
  }

  /**
   * Durations when there was little to do.
   *
   * @param share of the seconds, the least busy first
   */
  public record Calm(Durations durations, double share) {}

  /**
   * Reads a log.
   *
   * @throws SpecException if the file cannot be read, has no known format, or fewer than three
   *     seconds of requests
   */
  public static AccessLog read(Path file, Duration deadline, int cores) throws IOException {
    Slots slots = new Slots();
    Slots ends = new Slots();
    RouteSizes sizes = new RouteSizes(CALM);
    Pass first =
        new Pass(
            entry -> {
              long end = entry.startMicros() + Math.max(0, entry.durationMicros());
              slots.add(entry.startMicros(), end);
              if (entry.answered()) {
                ends.add(end, end);
              }
              sizes.count(entry);
            });
    Lines lines = first.over(file);
    LogFormat format = first.format;
    if (format == null) {
      throw new SpecException("log", file, LogFormat.RULE);
    }
    SpecException.check(lines.read() > 0, "log", file, TOO_SHORT);
    slots.rank(cores);
    sizes.choose();
    Slots.Stretch stretch = stretch(slots);
    Collected collected = new Collected(slots, stretch, sizes, deadline.toNanos() / 1e3);
    new Pass(collected::take).over(file);
    SpecException.check(collected.seconds() >= 3, "log", file, TOO_SHORT);
    Part part =
        collected.part(
            stretch.requests() == slots.all().requests(),
            file + " (" + format.name() + sizes.sentence() + "), " + lines.sentence());
    Calm calm = collected.calm();
    return new AccessLog(
        file,
        format.name(),
        lines,
        part,
        calm,
        collected.busy(),
        slots.calmRate(calm.share),
        peak(slots, ends));
  }

  /** Over a quarter of the log, at least 5 s and at most a minute: a shorter peak is chance. */
  private static double peak(Slots all, Slots ends) {
    long quarter = Math.round(all.all().lengthMicros() / SECOND / 4);
    Slots.Stretch most = ends.busiest(Math.max(5, Math.min(60, quarter)));
    return most.requests() * SECOND / most.lengthMicros();
  }

  /** All of a short log, else the longest busy part that is not too much. */
  private static Slots.Stretch stretch(Slots slots) {
    Slots.Stretch all = slots.all();
    if (all.requests() <= MOST_ARRIVALS && all.lengthMicros() <= SECONDS.get(0) * SECOND) {
      return all;
    }
    Slots.Stretch busiest = all;
    for (long seconds : SECONDS) {
      busiest = slots.busiest(seconds);
      if (busiest.requests() <= MOST_ARRIVALS) {
        return busiest;
      }
    }
    return busiest;
  }

  /** One reading of the file. The same file gives the same requests at the same times. */
  private static final class Pass {
    private final Consumer<LogEntry> each;
    private final SplittableRandom within = new SplittableRandom(SEED);
    private @Nullable LogFormat format;

    Pass(Consumer<LogEntry> each) {
      this.each = each;
    }

    Lines over(Path file) throws IOException {
      Lines lines = Lines.of("log", file, this::take);
      boolean heading = format instanceof CsvFormat;
      return new Lines(lines.read() - (heading ? 1 : 0), lines.bad(), lines.firstBad());
    }

    private boolean take(String line) {
      LogFormat known = format;
      if (known == null) {
        known = LogFormat.of(line).orElse(null);
        format = known;
        if (known == null) {
          return false;
        }
      }
      if (known.heading(line)) {
        return true;
      }
      LogEntry entry = known.read(line);
      if (entry == null) {
        return false;
      }
      long start = entry.startMicros() + (entry.wholeSecond() ? within.nextInt((int) SECOND) : 0);
      each.accept(entry.startingAt(start));
      return true;
    }
  }
}
