package shedlab.simulation.model;

import java.time.Duration;
import shedlab.spec.SpecException;

/**
 * A temporary fault of servers. Of incidents at the same time the worst counts.
 *
 * @param at when, from the start
 * @param length for how long
 * @param coresLeft the share of its cores that a server keeps. Zero is a stall, like a pause of the
 *     garbage collector: the gate does not run either
 * @param speed remaining speed of each core: with 0.5 every service time doubles
 * @param servers how many of the fleet are affected, from the first
 */
public record Incident(Duration at, Duration length, double coresLeft, double speed, int servers) {
  /** For an incident without end. */
  public static final Duration FOR_GOOD = Duration.ofDays(10_000);

  /** Throws {@link SpecException} for an impossible value. */
  public Incident {
    SpecException.check(!at.isNegative(), "at", at, "zero or more");
    SpecException.check(length.toNanos() > 0, "length", length, "above zero");
    SpecException.check(coresLeft >= 0 && coresLeft <= 1, "coresLeft", coresLeft, "from 0 to 1");
    SpecException.check(speed > 0 && speed <= 1, "speed", speed, "above 0, at most 1");
    SpecException.check(servers >= 1, "servers", servers, "a whole number from 1");
  }

  /** The whole fleet keeps this share of its cores. */
  public static Incident capacity(Duration at, Duration length, double coresLeft) {
    return new Incident(at, length, coresLeft, 1, Integer.MAX_VALUE);
  }

  /** The whole fleet stands still. */
  public static Incident stall(Duration at, Duration length) {
    return capacity(at, length, 0);
  }

  /** Everything takes {@code factor} times as long, as when a dependency has become slow. */
  public static Incident slowdown(Duration at, Duration length, double factor) {
    SpecException.check(factor >= 1, "factor", factor, "a number from 1");
    return new Incident(at, length, 1, 1 / factor, Integer.MAX_VALUE);
  }

  /** The same for the first servers of the fleet only. */
  public Incident of(int first) {
    return new Incident(at, length, coresLeft, speed, first);
  }

  /** True if it affects this server of the fleet at this time. */
  public boolean hits(int server, long nowNanos) {
    return server < servers
        && nowNanos >= at.toNanos()
        && nowNanos < at.toNanos() + length.toNanos();
  }
}
