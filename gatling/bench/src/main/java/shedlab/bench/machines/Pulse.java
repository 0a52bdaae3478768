package shedlab.bench.machines;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import shedlab.bench.host.LocalProcess;

/**
 * Writes to the standard input of processes every two seconds. On the other end of it, across a
 * network, is a container that ends when its input falls silent.
 */
final class Pulse implements AutoCloseable {
  private static final int SECONDS = ContainerRequest.LEASE_SECONDS / 10;

  private final Set<LocalProcess> processes = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "shedlab-pulse");
            thread.setDaemon(true);
            return thread;
          });

  Pulse() {
    var unused = clock.scheduleAtFixedRate(this::beat, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** From now on, until the process ends or this is closed. */
  void keepAlive(LocalProcess process) {
    processes.add(process);
  }

  private void beat() {
    processes.removeIf(process -> !process.takesLine());
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
