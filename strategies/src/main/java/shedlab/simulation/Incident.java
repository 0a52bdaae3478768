package shedlab.simulation;

import java.time.Duration;

/**
 * Servers lose cores for a while, then have them back.
 *
 * @param at when, from the start
 * @param length for how long
 * @param coresLeft the share of its cores that a server keeps; zero is a stall, as in a pause of
 *     the garbage collector: then its gate does not run either
 * @param servers how many of the fleet, from the first
 */
public record Incident(Duration at, Duration length, double coresLeft, int servers) {
  /** Throws for what cannot be. */
  public Incident {
    ServerModel.check(!at.isNegative(), "at", at, "zero or more");
    ServerModel.check(length.toNanos() > 0, "length", length, "above zero");
    ServerModel.check(coresLeft >= 0 && coresLeft <= 1, "coresLeft", coresLeft, "from 0 to 1");
    ServerModel.check(servers >= 1, "servers", servers, "a whole number from 1");
  }

  /** The whole fleet keeps this share of its cores. */
  public static Incident capacity(Duration at, Duration length, double coresLeft) {
    return new Incident(at, length, coresLeft, Integer.MAX_VALUE);
  }

  /** The whole fleet stands still. */
  public static Incident stall(Duration at, Duration length) {
    return capacity(at, length, 0);
  }

  boolean hits(int server, long nowNanos) {
    return server < servers
        && nowNanos >= at.toNanos()
        && nowNanos < at.toNanos() + length.toNanos();
  }
}
