package shedlab.bench.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;

/**
 * Kills a server of a fleet during a load and starts it again, by the load's own time. Both take a
 * while, and the load's reports must not wait for them.
 */
public final class KillSwitch implements DoubleConsumer, AutoCloseable {
  private final @Nullable FleetServer fleet;
  private final double from;
  private final double to;
  private final ExecutorService hand =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "kill-switch");
            thread.setDaemon(true);
            return thread;
          });

  private double killedAt = Double.NaN;
  private @Nullable CompletableFuture<Void> killed;
  private @Nullable CompletableFuture<Double> back;

  private KillSwitch(@Nullable FleetServer fleet, double from, double to) {
    this.fleet = fleet;
    this.from = from;
    this.to = to;
  }

  /** One that does nothing. */
  public static KillSwitch none() {
    return new KillSwitch(null, Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /**
   * One that kills a server between two moments of a load.
   *
   * @throws HostException if the server is no fleet
   */
  public static KillSwitch of(RunningServer server, double from, double to) {
    if (server instanceof FleetServer fleet) {
      return new KillSwitch(fleet, from, to);
    }
    throw new HostException("kill", "a single server", "a fleet, of which one is killed");
  }

  @Override
  public void accept(double elapsedSeconds) {
    FleetServer of = fleet;
    if (of == null) {
      return;
    }
    if (killed == null && elapsedSeconds >= from) {
      killedAt = elapsedSeconds;
      killed = CompletableFuture.runAsync(of::kill, hand);
    } else if (killed != null && back == null && elapsedSeconds >= to) {
      restart(of, killed, elapsedSeconds);
    }
  }

  private void restart(FleetServer of, CompletableFuture<Void> after, double elapsedSeconds) {
    long began = System.nanoTime();
    back =
        after.thenApplyAsync(
            done -> {
              of.restart();
              return elapsedSeconds + (System.nanoTime() - began) / 1e9;
            },
            hand);
  }

  /** When it really was; NaN if it was not. The load's reports come twice a second. */
  public double killedAt() {
    return killedAt;
  }

  /** When the server was ready again, once this is closed; NaN if it was not killed. */
  public double backAt() {
    return back == null ? Double.NaN : back.join();
  }

  /**
   * Ends; a server that is still down is started.
   *
   * @throws HostException if a server could not be killed or started
   */
  @Override
  public void close() {
    try {
      if (fleet != null && killed != null) {
        if (back == null) {
          restart(fleet, killed, to);
        }
        backAt();
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof HostException cause
          ? cause
          : new HostException("kill", HostException.reason(e), "a server that starts again", e);
    } finally {
      hand.shutdown();
    }
  }
}
