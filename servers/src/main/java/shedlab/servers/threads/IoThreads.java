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
  private final Scheduling wanted;
  private final @Nullable CpuSet cpus;
  private final boolean asTheyAre;
  private Scheduling effective;
  private final ThreadLocal<Boolean> joined = ThreadLocal.withInitial(() -> false);

  /**
   * Nothing is set yet.
   *
   * @param cpus where they run, or null for anywhere
   */
  public IoThreads(Scheduling wanted, @Nullable CpuSet cpus) {
    this.wanted = wanted;
    this.effective = wanted;
    this.cpus = cpus;
    this.asTheyAre = wanted.equals(Scheduling.NORMAL) && cpus == null;
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
      effective =
          CompletableFuture.supplyAsync(
                  this::set, task -> new Thread(task, "shedlab-io-check").start())
              .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IllegalArgumentException refused ? refused : e;
    }
  }

  /** How they really are scheduled, as far as {@link #check} could tell. */
  public Scheduling scheduling() {
    return effective;
  }

  /** Sets the calling thread up if that has not been done. */
  public void join() {
    if (!asTheyAre && !joined.get()) {
      joined.set(true);
      Scheduling unused = set();
    }
  }

  private Scheduling set() {
    if (!ThreadPriority.grants(wanted.nice())) {
      throw new SpecException(
          "io-nice", wanted.nice(), "0 or more, or root or the capability CAP_SYS_NICE");
    }
    if (cpus != null) {
      cpus.pinCallingThread();
    }
    return ThreadPriority.setAttributes("io", wanted);
  }
}
