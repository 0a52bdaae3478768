package shedlab.policer;

import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * A token bucket: {@code rate} requests a second, and up to {@code burst} at once after a pause. It
 * knows nothing of the server: set below the capacity it sheds without need, set above it does not
 * protect.
 *
 * <p>Arrivals that come by chance come in bursts: of Poisson arrivals at 0.9 of the rate, a burst
 * of 1 sheds 47 %, 2 sheds 24 %, 5 sheds 7 %, 10 sheds 1.7 % and the default of 20 sheds 0.2 %. The
 * price is as many requests at once after a pause.
 *
 * <p>A gate that has just been made has a full bucket. Tokens trickle in: Resilience4j renews all
 * of a period's permits at its beginning, and around that admits twice as many.
 */
public final class TokenBucketPolicer implements Policer {
  /** A token that has come in parts is one. */
  private static final double ROUNDING_ERROR = 1e-9;

  private static final Parameter<Double> RATE =
      Parameter.rate("rate", "requests a second in the long run");
  private static final Parameter<Integer> BURST =
      Parameter.integer("burst", "requests at once after a pause", 1, 1_000_000).defaultsTo(20);

  /** {@code bucket:rate=N/s,burst=20}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<>(
          "bucket",
          "so many requests a second, and a burst; of Poisson arrivals at 0.9 of the rate, burst=1"
              + " sheds 47 %, the default 0.2 %",
          "Turner 1986; RFC 2697; Resilience4j RateLimiter, Helidon ThroughputLimit",
          spec -> new TokenBucketPolicer(spec.get(RATE), spec.get(BURST)),
          RATE,
          BURST);

  private final double nanosPerToken;
  private final int burst;
  private boolean began;
  private long filledNanos;

  /** What is in the bucket; a full one is a whole number, and gives away as many. */
  private double tokens;

  /** A full bucket. */
  public TokenBucketPolicer(double perSecond, int burst) {
    this.nanosPerToken = 1e9 / perSecond;
    this.burst = burst;
    this.tokens = burst;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (began) {
      tokens = Math.min(burst, tokens + (nowNanos - filledNanos) / nanosPerToken);
    }
    began = true;
    filledNanos = nowNanos;
    if (tokens < 1 - ROUNDING_ERROR) {
      return false;
    }
    tokens--;
    return true;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
