package shedlab.servers.threads;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import org.jspecify.annotations.Nullable;

/**
 * The threads that do the CPU work: a fixed number, the same under every server, at a priority
 * below the I/O threads so that on a full core a refusal need not wait for work in progress.
 *
 * <p>The hand-off is a lock-free queue: a worker that loses the core in the middle of it delays no
 * other thread. It is unbounded; the strategy decides how long it gets.
 */
public final class Workers implements Tasks {
  private final LinkedTransferQueue<Runnable> queue = new LinkedTransferQueue<>();
  private final Thread[] threads;
  private final CountDownLatch started;
  private volatile Scheduling scheduling;
  private volatile boolean closing;

  /**
   * Threads that are not started.
   *
   * @param cpus where they run, or null for anywhere
   */
  public Workers(int count, Scheduling wanted, @Nullable CpuSet cpus) {
    scheduling = wanted;
    started = new CountDownLatch(count);
    threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      threads[i] = new Worker("shedlab-worker-" + i, () -> run(wanted, cpus));
    }
  }

  /** Starts the threads and returns when each has its priority. */
  @Override
  public void start() throws InterruptedException {
    for (Thread thread : threads) {
      thread.start();
    }
    started.await();
  }

  public static boolean isWorker(Thread thread) {
    return thread instanceof Worker;
  }

  @Override
  public void submit(Runnable task) {
    queue.put(task);
  }

  @Override
  public @Nullable String deadThread() {
    for (Thread thread : threads) {
      if (!thread.isAlive()) {
        return thread.getName();
      }
    }
    return null;
  }

  /** Walks the queue. */
  @Override
  public int queued() {
    return queue.size();
  }

  @Override
  public Scheduling scheduling() {
    return scheduling;
  }

  /**
   * Ends the threads once each has finished its task; what is still queued stays undone. Waits for
   * them {@link ThreadEnds#USUALLY} at most.
   */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    for (Thread thread : threads) {
      thread.interrupt();
    }
    ThreadEnds.await(ThreadEnds.USUALLY, threads);
  }

  private void run(Scheduling wanted, @Nullable CpuSet cpus) {
    if (cpus != null) {
      cpus.pinCallingThread();
    }
    Scheduling effective = ThreadPriority.lower(wanted);
    if (!effective.equals(wanted)) {
      scheduling = effective;
    }
    started.countDown();
    while (!closing) {
      try {
        Tasks.run(queue.take());
      } catch (InterruptedException e) {
        // Only close() interrupts.
      }
    }
  }

  private static final class Worker extends Thread {
    Worker(String name, Runnable target) {
      super(target, name);
      setDaemon(true);
    }
  }
}
