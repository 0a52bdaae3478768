package shedlab.servers.endpoint;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that do the CPU work: a fixed number, the same under every server, at a priority
 * below the I/O threads so that on a full core a refusal need not wait for work in progress.
 *
 * <p>The hand-off is a lock-free queue: a worker that loses the core in the middle of it holds up
 * nobody. It is unbounded; how long it gets is the strategy's doing.
 */
final class Workers {
  private final LinkedTransferQueue<Call> queue = new LinkedTransferQueue<>();
  private final Thread[] threads;
  private final CountDownLatch started;
  private final AtomicInteger nice = new AtomicInteger(ThreadPriority.IDLE);
  private volatile boolean closing;

  Workers(int count, int nice) {
    started = new CountDownLatch(count);
    threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      threads[i] = new Worker("shedlab-worker-" + i, () -> run(nice));
    }
  }

  /** Starts the threads and returns when each has its priority. */
  void start() throws InterruptedException {
    for (Thread thread : threads) {
      thread.start();
    }
    started.await();
  }

  static boolean isWorker(Thread thread) {
    return thread instanceof Worker;
  }

  /** Never blocks. */
  void submit(Call call) {
    queue.put(call);
  }

  /** How many admitted calls no worker has begun. Walks the queue; not for the request path. */
  int queued() {
    return queue.size();
  }

  /** The lowest nice value, that is the highest priority, that any worker really has. */
  int nice() {
    return nice.get();
  }

  /**
   * Ends the threads once each has finished its call; what is still queued stays undone. Waits for
   * them a second at most: a call may take longer than anybody wants to wait.
   */
  void close() throws InterruptedException {
    closing = true;
    for (Thread thread : threads) {
      thread.interrupt();
    }
    long deadline = System.nanoTime() + 1_000_000_000;
    for (Thread thread : threads) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
  }

  private void run(int wanted) {
    int effective = ThreadPriority.lower(wanted);
    nice.accumulateAndGet(effective, Math::min);
    started.countDown();
    while (!closing) {
      try {
        queue.take().work();
      } catch (InterruptedException e) {
        // Only close() interrupts.
      } catch (Throwable bug) { // of a task; the worker lives on
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
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
