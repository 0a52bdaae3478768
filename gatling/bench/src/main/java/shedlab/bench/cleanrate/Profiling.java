package shedlab.bench.cleanrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.bench.cleanrate.profile.FlightRecording;
import shedlab.bench.cleanrate.profile.HotMethods;
import shedlab.bench.cleanrate.profile.Profile;
import shedlab.bench.cleanrate.profile.ThreadUse;
import shedlab.bench.host.HostException;
import shedlab.bench.profile.Recording;
import shedlab.report.raw.Progress;

/** Looks where the CPU time of load generators goes at their greatest clean rate. */
final class Profiling {
  /** Of whole seconds: the kernel counts its own share in ticks of 10 ms. */
  private static final int SECONDS = 20;

  private final Comparison comparison;
  private final Path scratch;
  private final int seconds;

  /** After a comparison that has ended. */
  Profiling(Comparison comparison, Path scratch) {
    this(comparison, scratch, SECONDS);
  }

  /** The same for so many seconds. */
  Profiling(Comparison comparison, Path scratch, int seconds) {
    this.comparison = comparison;
    this.scratch = scratch;
    this.seconds = seconds;
  }

  /**
   * Of these.
   *
   * @throws HostException if no rate was clean, or if they cannot be looked at
   */
  Profile of(Generators generators) throws IOException {
    double clean = comparison.findings().clean(generators).least();
    if (!(clean > 0)) {
      throw new HostException("profile", "no clean rate", "one that was found before");
    }
    int rate = (int) clean;
    return comparison.with(
        generators,
        FlightRecording.FLAGS,
        (measurement, pids) -> {
          FlightRecording recording =
              FlightRecording.begin(pids.get(0), scratch.resolve("profile.jfr"));
          Span span = new Span(pids);
          measurement.offer(rate, seconds, 1, span);
          HotMethods methods = HotMethods.of(Recording.methods(recording.end()));
          return span.profile(generators.words(), rate, methods);
        });
  }

  /** Two looks at the threads: at the first progress behind the lead-in and at the last. */
  private final class Span implements Consumer<Progress> {
    private final List<Long> pids;
    private double from;
    private double to;
    private @Nullable ThreadUse first;
    private @Nullable ThreadUse last;

    Span(List<Long> pids) {
      this.pids = pids;
    }

    @Override
    public void accept(Progress progress) {
      double now = progress.elapsedSeconds();
      if (now < Pace.LEAD_IN || now > Pace.LEAD_IN + seconds) {
        return;
      }
      if (first == null) {
        from = now;
        first = ThreadUse.of(pids);
      } else {
        to = now;
        last = ThreadUse.of(pids);
      }
    }

    Profile profile(String who, int rate, HotMethods methods) {
      if (first == null || last == null) {
        throw new HostException("profile", "no progress", "two reports of a load");
      }
      return new Profile(who, rate, to - from, last.since(first), methods);
    }
  }
}
