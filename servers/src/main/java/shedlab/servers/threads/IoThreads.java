package shedlab.servers.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/**
 * Priority and CPUs of the I/O threads. Each server creates and names its I/O threads differently,
 * so a thread is set up when it brings its first request.
 */
public final class IoThreads {
  private final int nice;
  private final @Nullable CpuSet cpus;
  private final boolean asTheyAre;
  private final ThreadLocal<Boolean> joined = ThreadLocal.withInitial(() -> false);

  /**
   * Nothing is set yet.
   *
   * @param cpus where they run, or null for anywhere
   */
  public IoThreads(int nice, @Nullable CpuSet cpus) {
    this.nice = nice;
    this.cpus = cpus;
    this.asTheyAre = nice == ThreadPriority.NORMAL && cpus == null;
  }

  /**
   * Tries it on a temporary thread: a lowered priority cannot be raised again.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)} if it is not granted
   */
  public void check() {
    if (asTheyAre) {
      return;
    }
    try {
      CompletableFuture.runAsync(this::set, task -> new Thread(task, "shedlab-io-check").start())
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IllegalArgumentException refused ? refused : e;
    }
  }

  /** Sets the calling thread up if that has not been done. */
  public void join() {
    if (!asTheyAre && !joined.get()) {
      joined.set(true);
      set();
    }
  }

  private void set() {
    if (!ThreadPriority.grants(nice)) {
      throw new SpecException("io-nice", nice, "0 or more, or root or the capability CAP_SYS_NICE");
    }
    if (cpus != null) {
      cpus.pinCallingThread();
    }
  }
}
