package shedlab.servers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import shedlab.task.CpuTask;

/** The CPU task, except that {@value #HELD} units wait for {@link #release} first. */
final class HeldTask {
  static final int HELD = 777;
  static final int FAULTY = 666;

  final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  long run(int units) {
    if (units == FAULTY) {
      throw new IllegalStateException("a task with a bug, for a test");
    }
    if (units == HELD) {
      begun.incrementAndGet();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return CpuTask.run(units);
  }

  void release() {
    released.countDown();
  }
}
