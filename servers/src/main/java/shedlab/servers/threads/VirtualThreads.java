package shedlab.servers.threads;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;
import shedlab.spec.SpecException;

/**
 * A virtual thread for each task, on the JDK's own carriers: as many as there are CPUs, of normal
 * priority. A task that only computes keeps its carrier until it ends; other tasks wait in a queue
 * that has no bound and no gauge. Compiled for a JDK without them, so they are looked up by name.
 */
public final class VirtualThreads implements Tasks {
  private static final int SINCE = 21;

  private final MethodHandle start;
  private final AtomicInteger queued = new AtomicInteger();

  /**
   * Nothing is started yet.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)} if this JDK has none
   */
  public VirtualThreads() {
    int release = Runtime.version().feature();
    if (release < SINCE) {
      throw new SpecException(
          "task-on", "virtual", "JDK " + SINCE + " or later, this is " + release);
    }
    try {
      start =
          MethodHandles.publicLookup()
              .findStatic(
                  Thread.class,
                  "startVirtualThread",
                  MethodType.methodType(Thread.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void submit(Runnable task) {
    queued.incrementAndGet();
    Runnable counted =
        () -> {
          queued.decrementAndGet();
          task.run();
        };
    try {
      Thread unused = (Thread) start.invokeExact(counted);
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) { // startVirtualThread declares none
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int queued() {
    return queued.get();
  }
}
