package shedlab.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * How the arrivals of a profile are spaced. The mean rate is always the profile's.
 *
 * <ul>
 *   <li>{@code poisson}: many independent users.
 *   <li>{@code constant}: evenly; the first arrival half a gap after zero. Much easier for a server
 *       than real load.
 *   <li>{@code bursts:peak=5,on=50ms,every=1s}: Poisson at {@code peak} times the profile's rate
 *       for {@code on}, then at the lower rate that keeps the mean; again and again at intervals of
 *       {@code every}.
 *   <li>{@code markov:peak=3,on=50ms,off=150ms}: the same with exponential times, a
 *       Markov-modulated Poisson process of two states (Fischer and Meier-Hellstern 1993).
 *   <li>{@code trace:file=F}: the gaps of a recording, scaled to the profile's rate and repeated
 *       from its start. With {@code ,speed=2} after the path, the recorded time passes twice as
 *       fast, and the profile's rate decides how many of its requests are played. A recording may
 *       also have the sizes of its requests.
 * </ul>
 *
 * <p>A recording has two more texts, without a path: {@code trace:sha256=D} names it, for plans and
 * results, and {@code trace:steps=0-120-80} (with sizes, {@code ,sizes=1-0.5-2} after it) is all of
 * it, for somebody who has no such file.
 *
 * <p>Immutable; two are equal if their canonical texts are.
 */
public final class ArrivalProcess {
  /** The option of a recording that says how fast its time passes. */
  public static final String SPEED = "speed";

  /** Makes the arrivals of a profile, the same for the same seed. */
  interface Source {
    Arrivals along(LoadProfile profile, long seed);
  }

  private static final Parameter<Double> BURST_PEAK = peak(5.0);
  private static final Parameter<Duration> BURST_ON = on();
  private static final Parameter<Duration> EVERY =
      Parameter.duration("every", "from burst to burst").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Double> MARKOV_PEAK = peak(3.0);
  private static final Parameter<Duration> MARKOV_ON = on();
  private static final Parameter<Duration> OFF =
      Parameter.duration("off", "mean time between bursts").defaultsTo(Duration.ofMillis(150));
  private static final Parameter<String> FILE =
      new Parameter<>(
          "file", "a recording", "the path of a file", null, t -> t.isEmpty() ? null : t, t -> t);

  private static final List<Definition<Source>> DEFINITIONS =
      List.of(
          new Definition<>(
              "poisson", "independent users", "-", spec -> ArrivalProcess::poissonArrivals),
          new Definition<>(
              "constant",
              "evenly spaced",
              "-",
              spec -> (profile, seed) -> new Walk(profile, Modulation.none(), 0.5, () -> 1)),
          new Definition<>(
              "bursts",
              "on and off in a fixed rhythm",
              "-",
              spec -> bursts(spec.get(BURST_PEAK), spec.get(BURST_ON), spec.get(EVERY)),
              BURST_PEAK,
              BURST_ON,
              EVERY),
          new Definition<>(
              "markov",
              "on and off at random",
              "Fischer and Meier-Hellstern 1993",
              spec -> markov(spec.get(MARKOV_PEAK), spec.get(MARKOV_ON), spec.get(OFF)),
              MARKOV_PEAK,
              MARKOV_ON,
              OFF),
          new Definition<>(
              "trace",
              "as recorded",
              "-",
              spec -> new Playback(Trace.read(spec.get(FILE)), spec.get(Playback.SPEED)),
              FILE,
              Playback.SPEED));

  private static final int DIGEST_DIGITS = 64;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{" + DIGEST_DIGITS + "}");

  private final Named<Source> named;

  private ArrivalProcess(Named<Source> named) {
    this.named = named;
  }

  /** {@code poisson}. */
  public static ArrivalProcess poisson() {
    return parse("poisson");
  }

  /** {@code constant}. */
  public static ArrivalProcess constant() {
    return parse("constant");
  }

  /**
   * Reads {@code name[:key=value{,key=value}]}; a trace is read from its file at once. One that is
   * only named by its digest cannot be walked: see {@link #missing}.
   *
   * @throws SpecException for an unknown name or key, or a value against its rule
   */
  public static ArrivalProcess parse(String text) {
    Optional<Playback> recorded = Playback.read(text);
    if (recorded.isPresent()) {
      return of(recorded.get());
    }
    if (text.startsWith(Playback.BY_DIGEST)) {
      String digest = digest(text);
      SpecException.check(
          DIGEST.matcher(digest).matches(), "sha256", digest, "64 hexadecimal digits");
      String named = Playback.BY_DIGEST + digest + Playback.written(speed(text));
      return new ArrivalProcess(new Named<>(named, (profile, seed) -> notHere(named)));
    }
    Named<Source> named = Named.read("arrivals", text, DEFINITIONS);
    return named.value() instanceof Playback played ? of(played) : new ArrivalProcess(named);
  }

  private static String digest(String text) {
    return Playback.options(text, Playback.BY_DIGEST).path();
  }

  private static OptionalDouble speed(String text) {
    return Playback.speed(Playback.options(text, Playback.BY_DIGEST).options());
  }

  private static ArrivalProcess of(Playback played) {
    return new ArrivalProcess(new Named<>(played.named(), played));
  }

  /** As recorded: every request, at the rate of the profile. */
  public static ArrivalProcess of(Trace trace) {
    return of(new Playback(trace, OptionalDouble.empty()));
  }

  /**
   * As recorded.
   *
   * @param options of the recording, by key; of these, {@link #SPEED} is read
   * @throws SpecException if one breaks its rule
   */
  public static ArrivalProcess of(Trace trace, Map<String, String> options) {
    return of(new Playback(trace, Playback.speed(options)));
  }

  private static Arrivals notHere(String text) {
    throw new IllegalStateException(
        SpecException.message("arrivals", text, "the recording itself"));
  }

  /** The recording; nothing if the arrivals are not recorded, or only named. */
  public Optional<Trace> trace() {
    return named.value() instanceof Playback played
        ? Optional.of(played.trace())
        : Optional.empty();
  }

  /** Whether the arrivals say how large each request is. */
  public boolean isSized() {
    return trace().map(Trace::isSized).orElse(false);
  }

  /** The digest of a recording that is only named. */
  public Optional<String> missing() {
    return trace().isEmpty() && named.text().startsWith(Playback.BY_DIGEST)
        ? Optional.of(digest(named.text()))
        : Optional.empty();
  }

  /** The same, with the recording that it only names. */
  public ArrivalProcess with(Trace trace) {
    return of(new Playback(trace, speed(named.text())));
  }

  /** A text from which {@link #parse} makes the same anywhere, without a file. */
  public String whole() {
    return named.value() instanceof Playback played ? played.whole() : named.text();
  }

  /** The arrivals of this profile: the same for the same seed. */
  public Arrivals along(LoadProfile profile, long seed) {
    return named.value().along(profile, seed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrivalProcess that && named.text().equals(that.named.text());
  }

  @Override
  public int hashCode() {
    return named.text().hashCode();
  }

  /** The canonical text; of a recording, its digest. */
  @Override
  public String toString() {
    return named.text();
  }

  private static Arrivals poissonArrivals(LoadProfile profile, long seed) {
    return modulated(profile, seed, Modulation.none());
  }

  private static Source bursts(double peak, Duration on, Duration every) {
    double onSeconds = on.toNanos() / 1e9;
    double offSeconds = every.toNanos() / 1e9 - onSeconds;
    if (offSeconds <= 0) {
      throw new SpecException("every", every.toMillis() + "ms", "longer than on");
    }
    double low = lowFactor(peak, onSeconds, offSeconds);
    return (profile, seed) ->
        modulated(
            profile, seed, Modulation.alternating(peak, low, () -> onSeconds, () -> offSeconds));
  }

  private static Source markov(double peak, Duration on, Duration off) {
    double onSeconds = on.toNanos() / 1e9;
    double offSeconds = off.toNanos() / 1e9;
    double low = lowFactor(peak, onSeconds, offSeconds);
    return (profile, seed) -> {
      var draws = Draws.unitExponential(Draws.changes(seed));
      return modulated(
          profile,
          seed,
          Modulation.alternating(
              peak,
              low,
              () -> onSeconds * draws.getAsDouble(),
              () -> offSeconds * draws.getAsDouble()));
    };
  }

  private static Arrivals modulated(LoadProfile profile, long seed, Modulation modulation) {
    var draws = Draws.unitExponential(Draws.gaps(seed));
    return new Walk(profile, modulation, draws.getAsDouble(), draws);
  }

  /** What the rate between bursts must be for the mean to be 1. */
  private static double lowFactor(double peak, double onSeconds, double offSeconds) {
    double most = (onSeconds + offSeconds) / onSeconds;
    if (peak > most) {
      throw new SpecException("peak", peak, "at most " + most + ", or the mean is too high");
    }
    return (onSeconds + offSeconds - peak * onSeconds) / offSeconds;
  }

  private static Parameter<Double> peak(double value) {
    return Parameter.real("peak", "rate in a burst, as a multiple of the mean", 1, 1e6)
        .defaultsTo(value);
  }

  private static Parameter<Duration> on() {
    return Parameter.duration("on", "how long a burst lasts").defaultsTo(Duration.ofMillis(50));
  }
}
