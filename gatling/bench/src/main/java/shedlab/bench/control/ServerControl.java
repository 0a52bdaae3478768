package shedlab.bench.control;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import shedlab.bench.fleet.FleetServer;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.targets.TargetServer;

/** What a run asks of a server outside of any load: of ours, of a fleet of them, or of a target. */
public interface ServerControl {
  /** Whose requests a strategy admits, as far as the caller knows. */
  enum Admits {
    /** Every request of a client that sends one at a time. */
    EVERYBODY,
    /** The strategy decides: a rate limit may refuse the second request of a day. */
    SOME,
    NOBODY
  }

  /** Of a server that is up. */
  static ServerControl of(RunningServer server) {
    if (server instanceof FleetServer fleet) {
      return new FleetControl(fleet);
    }
    return server instanceof TargetServer target
        ? new TargetControl(target)
        : new ServerProbe(server.url());
  }

  /** Whether it can work under one strategy after another. */
  boolean takesStrategies();

  /**
   * Verifies what every cell relies on: the checksum of real work and the refusals.
   *
   * @param admits which answers to work are right
   * @throws HostException naming what the server answered instead
   */
  void verifyContract(Admits admits);

  /**
   * The shortest of some service times, in seconds: one request at a time, nothing else running.
   * For a server that admits everybody.
   */
  double serviceSeconds(int units);

  /** Switches the strategy off until the next reset: a warm-up is not for it to refuse. */
  void switchStrategyOff();

  /** Makes the strategy forget what it has learnt. */
  void reset();

  /** Makes the server work under another strategy from now on. */
  void exchange(String strategy);

  /**
   * CPU time of a unit of work, over some tasks one after the other.
   *
   * @return null if the server does not tell
   */
  @Nullable Double unitCpuNanos(int units, int tasks);

  /** CPU time that the server has used, in seconds; empty if nobody knows. */
  OptionalDouble cpuSeconds();

  /** What it has counted; null if it does not tell. */
  @Nullable ServerCounts counts();

  /** The same once no more requests come out of socket buffers. */
  @Nullable ServerCounts settledCounts();

  /** How many requests clients began between two moments, in microseconds since the epoch. */
  interface Offered {
    /** At most so many. */
    long between(long fromEpochMicros, long toEpochMicros);
  }

  /**
   * How many requests a server that was killed may have decided without anybody knowing: those that
   * waited in it when it was last asked, and those that were sent until it ended.
   */
  default long unseen(Offered offered) {
    return 0;
  }

  /** Waits until no request is under way; false if that takes too long. */
  boolean awaitIdle();

  /**
   * Waits until an idle server uses hardly any CPU time: until its compilers have compiled what the
   * last load made hot. They would do the rest in the next cell: there they take half of a core
   * from one worker of their own nice value, and a fifth from four, so that a strategy that admits
   * one would look worse than it is. Gives up after ten seconds, and at once if nobody knows its
   * CPU time.
   *
   * @return false if it was busy all the time
   */
  default boolean awaitQuiet() {
    return Quiet.await(this::cpuSeconds);
  }

  /**
   * Waits until no request is under way, however long that takes.
   *
   * @throws HostException if no request ends for long
   */
  void awaitWorkedOff();
}
