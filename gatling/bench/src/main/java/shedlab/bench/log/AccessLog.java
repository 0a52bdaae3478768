package shedlab.bench.advise.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.load.ArrivalProcess;
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
  private static final List<Double> CALM = List.of(0.25, 0.5, 0.9, 1.0);
  private static final double BUSY = 0.9;
  private static final long ENOUGH = 100;
  private static final long SEED = 16;
  private static final double SECOND = 1e6;

  /**
   * The part of a log that is simulated.
   *
   * @param whole whether it is all of the log
   * @param startsMicros when each request began, from the first, ascending
   * @param outcomes what became of them
   * @param placed whether the log has whole seconds, and each request was placed at random in its
   *     own
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares parts
  public record Part(boolean whole, long[] startsMicros, Outcomes outcomes, boolean placed) {
    /** From the first arrival to the last. */
    public double seconds() {
      return startsMicros[startsMicros.length - 1] / SECOND;
    }

    /** Arrivals per second. */
    public double ratePerSecond() {
      return (startsMicros.length - 1) / seconds();
    }

    /** The arrivals, as those of an experiment. */
    public ArrivalProcess arrivals() {
      StringBuilder steps = new StringBuilder("trace:steps=0");
      for (int i = 1; i < startsMicros.length; i++) {
        steps.append('-').append(startsMicros[i] - startsMicros[i - 1]);
      }
      return ArrivalProcess.parse(steps.toString());
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
    Pass first =
        new Pass(
            entry -> {
              long end = entry.startMicros() + Math.max(0, entry.durationMicros());
              slots.add(entry.startMicros(), end);
              if (entry.answered()) {
                ends.add(end, end);
              }
            });
    Lines lines = first.over(file);
    LogFormat format = first.format;
    if (format == null) {
      throw new SpecException("log", file, LogFormat.RULE);
    }
    slots.rank(cores);
    Slots.Stretch stretch = stretch(slots);
    Collected collected = new Collected(slots, stretch, deadline.toNanos() / 1e3);
    new Pass(collected::take).over(file);
    Part part = collected.part(stretch.requests() == slots.all().requests());
    SpecException.check(
        part.startsMicros.length > 1 && part.seconds() >= 3,
        "log",
        file,
        "requests over 3 seconds or more");
    Calm calm = collected.calm();
    return new AccessLog(
        file,
        format.name(),
        lines,
        part,
        calm,
        collected.busy,
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
      each.accept(new LogEntry(start, entry.wholeSecond(), entry.status(), entry.durationMicros()));
      return true;
    }
  }

  /** What the second reading collects. */
  private static final class Collected {
    private final Slots slots;
    private final Slots.Stretch stretch;
    private final double deadlineMicros;
    private final List<Durations> calm = CALM.stream().map(share -> new Durations()).toList();
    private final Durations busy = new Durations();
    private long[] starts = new long[1024];
    private int count;
    private long inTime;
    private long late;
    private long untimed;
    private long refused;
    private long others;
    private boolean placed;

    Collected(Slots slots, Slots.Stretch stretch, double deadlineMicros) {
      this.slots = slots;
      this.stretch = stretch;
      this.deadlineMicros = deadlineMicros;
    }

    void take(LogEntry entry) {
      if (entry.answered() && entry.timed()) {
        double rank = slots.rank(entry.startMicros());
        for (int i = 0; i < CALM.size(); i++) {
          if (rank <= CALM.get(i)) {
            calm.get(i).add((double) entry.durationMicros());
          }
        }
        if (rank >= BUSY) {
          busy.add((double) entry.durationMicros());
        }
      }
      if (stretch.holds(entry.startMicros())) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = entry.startMicros();
        placed |= entry.wholeSecond();
        tally(entry);
      }
    }

    private void tally(LogEntry entry) {
      if (entry.refused()) {
        refused++;
      } else if (!entry.answered()) {
        others++;
      } else if (!entry.timed()) {
        untimed++;
      } else if (entry.durationMicros() <= deadlineMicros) {
        inTime++;
      } else {
        late++;
      }
    }

    Part part(boolean whole) {
      long[] sorted = Arrays.copyOf(starts, count);
      Arrays.sort(sorted);
      long zero = count == 0 ? 0 : sorted[0];
      for (int i = 0; i < count; i++) {
        sorted[i] -= zero;
      }
      return new Part(whole, sorted, new Outcomes(inTime, late, untimed, refused, others), placed);
    }

    /** The calmest part that has enough of them. */
    Calm calm() {
      int i = 0;
      while (i < CALM.size() - 1 && calm.get(i).count() < ENOUGH) {
        i++;
      }
      return new Calm(calm.get(i), CALM.get(i));
    }
  }
}
