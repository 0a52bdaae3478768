package shedlab.load;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * How a recording is played along a profile, whose rate is the mean rate either way.
 *
 * <ul>
 *   <li>Without a speed, every request is played: the gaps are scaled to the profile's rate, so
 *       that a burst lasts longer the lower that is.
 *   <li>With a speed, the recorded time passes so many times as fast whatever the rate, so that a
 *       burst lasts as long as it did, divided by the speed. Which requests are played is drawn:
 *       where the rate asks for 0.3 of them, each has a chance of 0.3; where it asks for 2.3, each
 *       comes twice or three times, the further ones at random before the next.
 * </ul>
 *
 * @param trace what is played
 * @param speed of the recorded time; none to play every request
 */
record Playback(Trace trace, OptionalDouble speed) implements ArrivalProcess.Source {
  static final String BY_DIGEST = "trace:sha256=";
  private static final String BY_PATH = "trace:file=";
  private static final String BY_STEPS = "trace:steps=";
  private static final String SIZES = "sizes";
  private static final String AS_LOADED = "load";

  /** The key of arrivals; a recording may also be played at whatever speed its load needs. */
  static final Parameter<OptionalDouble> SPEED =
      new Parameter<>(
          ArrivalProcess.SPEED,
          "how fast the recorded time passes",
          "a number from 0.01 to 100, or " + AS_LOADED,
          OptionalDouble.empty(),
          text ->
              text.equals(AS_LOADED)
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(
                      Parameter.real(ArrivalProcess.SPEED, "", 0.01, 100).read(text)),
          value -> value.isEmpty() ? AS_LOADED : Double.toString(value.getAsDouble()));

  /** With more, a recording of nothing but a burst would never come to its end. */
  private static final double MOST_PER_SECOND = 1e6;

  Playback {
    double perSecond = speed.orElse(0) * trace.ratePerSecond();
    SpecException.check(
        perSecond <= MOST_PER_SECOND,
        ArrivalProcess.SPEED,
        SPEED.writer().apply(speed),
        "at most " + (long) MOST_PER_SECOND + " recorded requests per second");
  }

  /**
   * Reads a text that has the path of a recording, or all of it.
   *
   * @return nothing for any other text
   * @throws SpecException if the recording or its speed breaks a rule
   */
  static Optional<Playback> read(String text) {
    if (text.startsWith(BY_PATH) && text.length() > BY_PATH.length()) {
      RecordedFile file = options(text, BY_PATH);
      return Optional.of(new Playback(Trace.read(file.path()), speed(file.options())));
    }
    if (text.startsWith(BY_STEPS)) {
      RecordedFile steps =
          RecordedFile.read(text.substring(BY_STEPS.length()), Set.of(SIZES, ArrivalProcess.SPEED));
      String sizes = steps.options().getOrDefault(SIZES, "");
      return Optional.of(new Playback(Trace.ofSteps(steps.path(), sizes), speed(steps.options())));
    }
    return Optional.empty();
  }

  /** What follows the beginning of a text. */
  static RecordedFile options(String text, String beginning) {
    return RecordedFile.read(text.substring(beginning.length()), Set.of(ArrivalProcess.SPEED));
  }

  /** The speed among the options of a recording. */
  static OptionalDouble speed(Map<String, String> options) {
    String text = options.get(ArrivalProcess.SPEED);
    return text == null ? OptionalDouble.empty() : SPEED.read(text);
  }

  /** A speed as an option; nothing without one. */
  static String written(OptionalDouble speed) {
    return speed.isEmpty() ? "" : "," + ArrivalProcess.SPEED + "=" + SPEED.writer().apply(speed);
  }

  /** The text that names the recording by its digest. */
  String named() {
    return BY_DIGEST + trace.digest() + written(speed);
  }

  /** The text that has all of the recording. */
  String whole() {
    String sizes = trace.isSized() ? "," + SIZES + "=" + trace.sizes() : "";
    return BY_STEPS + trace.steps() + sizes + written(speed);
  }

  @Override
  public Arrivals along(LoadProfile profile, long seed) {
    return speed.isPresent()
        ? new SampledTrace(trace, speed.getAsDouble(), profile, seed)
        : new WholeTrace(trace, profile);
  }

  /** Every request of a recording, again and again. Not thread-safe. */
  private static final class WholeTrace implements Arrivals {
    private final Trace trace;
    private final Walk walk;
    private int latest = -1;

    WholeTrace(Trace trace, LoadProfile profile) {
      this.trace = trace;
      this.walk = new Walk(profile, Modulation.none(), trace.firstGap(), trace.gaps());
    }

    @Override
    public long nextNanos() {
      latest = trace.after(latest);
      return walk.nextNanos();
    }

    @Override
    public double work() {
      return trace.work(latest);
    }
  }
}
