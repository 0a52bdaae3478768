package shedlab.injector;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import shedlab.load.ArrivalSchedule;
import shedlab.report.raw.Progress;

/**
 * What happened to each intended request: flat arrays, one slot per request, in nanoseconds from
 * the schedule's zero.
 *
 * <p>A slot is written by the one event loop of its virtual user, so writing takes no lock and
 * allocates nothing. Read the slots only after Gatling has ended; the counters may be read at any
 * time.
 */
final class ClientRecorder {
  /** The value of a start or an end that did not happen. */
  static final long NEVER = -1;

  private static final long SECOND = 1_000_000_000;

  private final ArrivalSchedule schedule;
  private final long[] startNanos;
  private final long[] endNanos;
  private final short[] status;
  private final short[] shedTries;
  private final short[] failedTries;

  private final AtomicLong zeroNanos = new AtomicLong();
  private final LongAdder started = new LongAdder();
  private final LongAdder ok = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final AtomicIntegerArray startsOfSecond;
  private volatile boolean running;

  ClientRecorder(ArrivalSchedule schedule) {
    this.schedule = schedule;
    startNanos = new long[schedule.size()];
    endNanos = new long[schedule.size()];
    status = new short[schedule.size()];
    shedTries = new short[schedule.size()];
    failedTries = new short[schedule.size()];
    Arrays.fill(startNanos, NEVER);
    Arrays.fill(endNanos, NEVER);
    startsOfSecond = new AtomicIntegerArray((int) (schedule.lengthNanos() / SECOND) + 2);
  }

  /** Says what {@link System#nanoTime()} is zero of the schedule. Before any request starts. */
  void zeroAt(long nanoTime) {
    zeroNanos.set(nanoTime);
    running = true;
  }

  /** The {@link System#nanoTime()} at which request {@code index} should start. */
  long dueNanos(int index) {
    return zeroNanos.get() + schedule.startNanos(index);
  }

  /** Request {@code index} starts now. */
  void started(int index, long nanoTime) {
    if (index < 0 || index >= startNanos.length || startNanos[index] != NEVER) {
      duplicates.increment();
      return;
    }
    long offset = nanoTime - zeroNanos.get();
    startNanos[index] = offset;
    started.increment();
    startsOfSecond.incrementAndGet(
        (int) Math.max(0, Math.min(offset / SECOND, startsOfSecond.length() - 1)));
  }

  /** Request {@code index} has ended; {@link Ending#NO_STATUS} if no answer came. */
  void ended(int index, int answered, long nanoTime) {
    if (index < 0 || index >= endNanos.length || endNanos[index] != NEVER) {
      duplicates.increment();
      return;
    }
    status[index] = (short) answered;
    endNanos[index] = nanoTime - zeroNanos.get();
    if (answered == 200) {
      ok.increment();
    } else if (answered == Ending.REFUSED) {
      shed.increment();
    } else {
      failed.increment();
    }
  }

  /** A try of request {@code index} has ended like this, and another will follow. */
  void tried(int index, int answered) {
    if (answered == Ending.REFUSED) {
      shedTries[index]++;
    } else {
      failedTries[index]++;
    }
  }

  /** Tries of a request so far that were followed by another. */
  int tries(int index) {
    return shedTries[index] + failedTries[index];
  }

  /** Those of them that were refused. */
  int shedTries(int index) {
    return shedTries[index];
  }

  ArrivalSchedule schedule() {
    return schedule;
  }

  long startNanos(int index) {
    return startNanos[index];
  }

  long endNanos(int index) {
    return endNanos[index];
  }

  int status(int index) {
    return status[index];
  }

  /** Starts so far. */
  long started() {
    return started.sum();
  }

  /** Slots that were recorded twice, and users without a slot: zero unless something is broken. */
  long duplicates() {
    return duplicates.sum();
  }

  /** The counters, at {@code nanoTime}. */
  Progress progress(String name, long nanoTime) {
    double elapsed = running ? Math.max(0, (nanoTime - zeroNanos.get()) / (double) SECOND) : 0;
    int lastWhole = Math.min((int) elapsed, startsOfSecond.length()) - 1;
    return Progress.started(
        name,
        schedule.size(),
        started.sum(),
        ok.sum(),
        shed.sum(),
        failed.sum(),
        elapsed,
        schedule.lengthNanos() / (double) SECOND,
        lastWhole < 0 ? 0 : startsOfSecond.get(lastWhole));
  }
}
