package shedlab.servers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.NanoClock;
import shedlab.admission.Signal;
import shedlab.host.ProcessView;
import shedlab.host.WakeUpProbe;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.host.Descriptors;
import shedlab.servers.host.HostedServer;
import shedlab.servers.host.Placement;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.threads.Scheduling;
import shedlab.servers.threads.ThreadEnds;
import shedlab.servers.threads.ThreadPriority;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/** One endpoint on one server: starts and stops the parts in order. */
final class Service {
  private final Endpoint endpoint;
  private final HostedServer server;
  private volatile boolean stopping;
  private boolean closed;

  private Service(Endpoint endpoint, HostedServer server) {
    this.endpoint = endpoint;
    this.server = server;
  }

  /**
   * Starts everything; requests are answered when this returns.
   *
   * @param task the CPU work: from units to checksum
   * @throws IllegalArgumentException if this server cannot run under the strategy
   * @throws IOException if it cannot listen or cannot write samples
   */
  static Service start(ServerKind kind, ServerConfig config, IntToLongFunction task)
      throws IOException, InterruptedException {
    Descriptors.readFilesNow();
    Strategy strategy = config.strategy();
    if (!kind.hosts(strategy)) {
      throw new SpecException(
          "strategy", strategy, "undertow or jetty; " + kind + " has no limiter of its own");
    }
    Strategy none = Strategies.installed().parse(strategyOff(config.threads().workers()));
    Endpoint endpoint =
        new Endpoint(
            config,
            () -> strategy.admission(NanoClock.SYSTEM, view(config)),
            () -> none.admission(NanoClock.SYSTEM),
            text -> exchanged(text, config),
            task);
    endpoint.start();
    try {
      return new Service(endpoint, kind.start(config, endpoint));
    } catch (IOException | RuntimeException e) {
      endpoint.close(ThreadEnds.USUALLY);
      throw e;
    }
  }

  /**
   * What admits while the strategy is off: as many requests as there are workers, and a queue with
   * a bound, so that a load that is too much for a server without compiled code does not last.
   */
  private static String strategyOff(int workers) {
    return "fixed:limit=" + workers + "+fifo:capacity=100,timeout=1s";
  }

  /** The gates of a strategy that comes while the server runs; a server's own limiter cannot. */
  private static Supplier<Admission> exchanged(String text, ServerConfig config) {
    Strategy strategy = Strategies.installed().parse(text);
    if (strategy.composition().needsNativeLimiter()) {
      throw new SpecException("strategy", text, "one that a running server can take");
    }
    return () -> strategy.admission(NanoClock.SYSTEM, view(config));
  }

  /** What the policies of a gate may know: the endpoint calls {@code start} and {@code usedCpu}. */
  private static ProcessView view(ServerConfig config) {
    Placement placement = config.placement();
    Scheduling workers =
        switch (placement.taskOn()) {
          case WORKERS -> config.threads().worker();
          case IO -> placement.io();
          case VIRTUAL -> Scheduling.NORMAL;
        };
    WakeUpProbe probe =
        new WakeUpProbe(
            NanoClock.SYSTEM,
            LockSupport::parkNanos,
            task -> ThreadPriority.start("shedlab-wake-ups", workers, task));
    boolean tellsCpu =
        placement.taskOn() != Placement.TaskOn.VIRTUAL // they have no CPU time of their own
            && ManagementFactory.getThreadMXBean().isCurrentThreadCpuTimeSupported();
    return tellsCpu
        ? new ProcessView(probe, Signal.RUNNABLE, Signal.REQUEST_CPU)
        : new ProcessView(probe, Signal.RUNNABLE);
  }

  int port() {
    return server.port();
  }

  String version() {
    return server.version();
  }

  int compilerNice() {
    return endpoint.compilerNice();
  }

  Scheduling worker() {
    return endpoint.worker();
  }

  Scheduling io() {
    return endpoint.io();
  }

  GateStats stats() {
    return endpoint.stats();
  }

  /** Which thread has died, so that requests stay without an answer; null while all run. */
  @Nullable String deadThread() {
    @Nullable String dead = endpoint.deadThread();
    return dead == null ? server.deadThread() : dead;
  }

  /** Whether threads end because they are told to. */
  boolean isStopping() {
    return stopping;
  }

  /** Refuses new connections and new work from now on. */
  void startDraining() {
    stopping = true;
    endpoint.startDraining();
    server.stopAccepting();
  }

  /**
   * Refuses new work, lets what is admitted or waiting finish, then closes.
   *
   * @return false if {@code most} was too short for that, or the server did not take every reply
   */
  boolean drain(Duration most) throws InterruptedException {
    startDraining();
    long began = System.nanoTime();
    boolean idle = endpoint.awaitIdle(most);
    Duration left = most.minusNanos(System.nanoTime() - began);
    return close(left.compareTo(ThreadEnds.USUALLY) < 0 ? ThreadEnds.USUALLY : left) && idle;
  }

  /**
   * Stops at once: what is waiting gets no answer. A second call does nothing. A thread that is
   * stuck in the server's code is left behind, and does not hold up the stop.
   */
  void close() throws InterruptedException {
    close(ThreadEnds.USUALLY);
  }

  /** True if the server took the replies that workers left, or was closed before. */
  private synchronized boolean close(Duration forReplies) throws InterruptedException {
    if (closed) {
      return true;
    }
    closed = true;
    stopping = true;
    endpoint.startDraining();
    boolean handedOver = endpoint.close(forReplies);
    server.close();
    return handedOver;
  }
}
