package shedlab.policer.cpu;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Rajomon: a request carries tokens, and is shed if they are fewer than the price. Every {@code
 * period} the worst scheduling delay of the period moves the price. With {@code update=step} it
 * rises by {@code step} if the delay is above {@code threshold}, else it falls by one. With {@code
 * update=proportional} it moves by {@code step} for each 10 ms that the delay is above or below,
 * cut to whole numbers; from the third rise running, a rise counts {@code 0.8^n} after {@code n}
 * rises, and a fall ends the run.
 *
 * <p>The scheduling delay is how long something waited that was ready to run: the host's thread
 * that only sleeps, from when it should have woken, or a request, from its arrival to the start of
 * its work.
 *
 * <p>Differences from the original:
 *
 * <ul>
 *   <li>Tokens are drawn here: each urgency has {@code tokens} values of its own, all as likely,
 *       above those of the less urgent. There, clients attach them, out of an income of theirs.
 *   <li>It works on one server: prices of services behind it are not added, and clients do not know
 *       the price. There, they do not send what they cannot pay.
 *   <li>The runtime of the original tells the delay of everything it schedules. Here a request's is
 *       known when it ends; while none ends, the last one's counts as long as one is in flight.
 *   <li>Periods end with arrivals. Of several that end at once, their worst delay counts once if
 *       the price rises, and for each if it falls.
 *   <li>The price stops at one that nobody can pay; there it has no bound.
 *   <li>The original has no threshold of its own: 0, which every delay is above. 5 ms are more than
 *       one slice of Linux and less than two.
 * </ul>
 *
 * <p>The price follows overload with a lag of as many periods as it has steps to go, up and down.
 * So the share that is shed swings, and what is admitted while the price is on its way is a queue
 * that a limit behind it must bound. {@code update=proportional} alone gets stuck: once rises count
 * little, the price stays where it is however long the queue gets.
 */
public final class RajomonPolicer implements Policer {
  /** How the price moves. */
  public enum Update {
    /** Up by the step, down by one. */
    STEP,
    /** In proportion to what the delay is above or below the threshold. */
    PROPORTIONAL
  }

  private static final int URGENCIES = 8;
  private static final double DECAY = 0.8;
  private static final int RISES_AT_FULL = 2;
  private static final long MICROSECOND = 1_000;

  /** Microseconds above the threshold for which the price moves by one step. */
  private static final long MICROS_PER_STEP = 10_000;

  private static final Parameter<Duration> THRESHOLD =
      Parameter.duration("threshold", "scheduling delay above which the price rises")
          .defaultsTo(Duration.ofMillis(5));
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between updates of the price")
          .defaultsTo(Duration.ofMillis(10));
  private static final Parameter<Update> UPDATE =
      Parameter.choice("update", "how the price moves", Update.class).defaultsTo(Update.STEP);
  private static final Parameter<Integer> STEP =
      Parameter.integer("step", "by how much", 1, 1_000_000).defaultsTo(1);
  private static final Parameter<Integer> TOKENS =
      Parameter.integer("tokens", "different prices that requests of one urgency pay", 1, 1_000_000)
          .defaultsTo(10);

  /** {@code rajomon:threshold=5ms,period=10ms,update=step,step=1,tokens=10}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "rajomon",
              "sheds who cannot pay a price that rises with the scheduling delay",
              "Xing et al., Rajomon, NSDI 2025",
              spec ->
                  new RajomonPolicer(
                      spec.get(THRESHOLD).toNanos(),
                      spec.get(PERIOD).toNanos(),
                      spec.get(UPDATE),
                      spec.get(STEP),
                      spec.get(TOKENS)),
              THRESHOLD,
              PERIOD,
              UPDATE,
              STEP,
              TOKENS)
          .tuned(
              target ->
                  List.of(
                      THRESHOLD.at(UnseenWakeUps.LATE_WHERE_THREE_SHARE_A_CORE), TOKENS.at(20)));

  private final long thresholdNanos;
  private final long periodNanos;
  private final Update update;
  private final int step;
  private final int tokens;
  private final long mostPrice;
  private final Xorshift random = new Xorshift();
  private final UnseenWakeUps wakeUps = new UnseenWakeUps();

  private boolean began;
  private long periodBeganNanos;
  private boolean requestEnded;
  private long worstRequestNanos;
  private long lastRequestNanos;
  private long price;
  private int rises;

  /** {@code 0.8^rises}. */
  private double decay = 1;

  /** Admits every request at first. */
  public RajomonPolicer(
      long thresholdNanos, long periodNanos, Update update, int step, int tokens) {
    this.thresholdNanos = thresholdNanos;
    this.periodNanos = periodNanos;
    this.update = update;
    this.step = step;
    this.tokens = tokens;
    this.mostPrice = (long) URGENCIES * tokens;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (!began) {
      began = true;
      periodBeganNanos = nowNanos;
      wakeUps.worstNanos(gate, nowNanos);
    }
    long periods = (nowNanos - periodBeganNanos) / periodNanos;
    if (periods > 0) {
      periodBeganNanos += periods * periodNanos;
      long moved = move(delayNanos(gate, nowNanos), periods);
      price = Math.max(0, Math.min(mostPrice, price + moved));
    }
    return tokensOf(ticket) >= price;
  }

  @Override
  public void completed(Ticket ticket) {
    requestEnded = true;
    lastRequestNanos = ticket.waitedNanos() + ticket.elapsedNanos() - ticket.serviceNanos();
    worstRequestNanos = Math.max(worstRequestNanos, lastRequestNanos);
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.WAKE_UPS);
  }

  private long tokensOf(Ticket ticket) {
    int urgency = Math.max(0, Math.min(URGENCIES - 1, ticket.urgency()));
    return (long) (URGENCIES - 1 - urgency) * tokens + (long) (random.next() * tokens);
  }

  /** The worst delay since the last look. */
  private long delayNanos(GateView gate, long nowNanos) {
    long worst = wakeUps.worstNanos(gate, nowNanos);
    if (requestEnded) {
      worst = Math.max(worst, worstRequestNanos);
    } else if (gate.inflight() > 0) {
      worst = Math.max(worst, lastRequestNanos);
    } else {
      lastRequestNanos = 0;
    }
    requestEnded = false;
    worstRequestNanos = 0;
    return worst;
  }

  private long move(long delayNanos, long periods) {
    if (update == Update.STEP) {
      return delayNanos > thresholdNanos ? step : -Math.min(periods, mostPrice);
    }
    long above = (delayNanos - thresholdNanos) / MICROSECOND * step / MICROS_PER_STEP;
    if (above > 0) {
      long rise = rises >= RISES_AT_FULL ? (long) (above * decay) : above;
      rises++;
      decay *= DECAY;
      return rise;
    }
    if (above < 0) {
      rises = 0;
      decay = 1;
    }
    return Math.max(-mostPrice, above) * Math.min(periods, mostPrice);
  }
}
