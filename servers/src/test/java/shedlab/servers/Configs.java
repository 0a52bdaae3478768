package shedlab.servers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import shedlab.retry.RetryAfter;
import shedlab.servers.host.Placement;
import shedlab.servers.host.Protocol;
import shedlab.servers.host.RefuseWith;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.threads.Scheduling;
import shedlab.strategy.Strategies;

/**
 * Configurations for tests: any free port, few threads. All have the priority of every other
 * thread: on a busy machine a compiler of a low one leaves the JVM, and the tests after this one in
 * it, in interpreted code.
 */
final class Configs {
  static final int TASK_UNITS = 20;

  private Configs() {}

  static ServerConfig with(String strategy) {
    return with(strategy, null);
  }

  static ServerConfig with(String strategy, @Nullable Path samples) {
    return with(strategy, samples, 2, Placement.USUAL);
  }

  static ServerConfig with(String strategy, int ioThreads, Placement placement) {
    return with(strategy, null, ioThreads, placement);
  }

  /** A refusal says this in {@code Retry-After}. */
  static ServerConfig saying(String strategy, RetryAfter retryAfter) {
    return with(strategy, Protocol.HTTP, RefuseWith.STATUS, null, 2, Placement.USUAL, retryAfter);
  }

  static ServerConfig with(String strategy, Protocol protocol, RefuseWith refuseWith) {
    return with(strategy, protocol, refuseWith, null, 2, Placement.USUAL, new RetryAfter(1));
  }

  private static ServerConfig with(
      String strategy, @Nullable Path samples, int ioThreads, Placement placement) {
    return with(
        strategy,
        Protocol.HTTP,
        RefuseWith.STATUS,
        samples,
        ioThreads,
        placement,
        new RetryAfter(1));
  }

  private static ServerConfig with(
      String strategy,
      Protocol protocol,
      RefuseWith refuseWith,
      @Nullable Path samples,
      int ioThreads,
      Placement placement,
      RetryAfter retryAfter) {
    return new ServerConfig(
        Strategies.installed().parse(strategy),
        new ServerConfig.Listening(protocol, "127.0.0.1", 0, 1_024, 10_000),
        new ServerConfig.Threads(ioThreads, 2, Scheduling.NORMAL, 0),
        placement,
        retryAfter,
        refuseWith,
        TASK_UNITS,
        5,
        new ServerConfig.Sampling(samples, 10),
        10);
  }
}
