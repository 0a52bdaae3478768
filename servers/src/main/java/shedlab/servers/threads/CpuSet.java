package shedlab.servers.threads;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** CPUs that a thread may run on (Linux). Immutable. */
public final class CpuSet {
  private static final int CALLING_THREAD = 0;
  private static final int MOST = 1_024; // as glibc's cpu_set_t

  private final BitSet cpus;

  private CpuSet(BitSet cpus) {
    this.cpus = cpus;
  }

  /**
   * Those of the calling thread.
   *
   * @throws IllegalStateException if the system does not tell
   */
  public static CpuSet current() {
    long[] mask = new long[MOST / Long.SIZE];
    try {
      libc().sched_getaffinity(CALLING_THREAD, MOST / Byte.SIZE, mask);
    } catch (LastErrorException | LinkageError e) {
      throw new IllegalStateException("sched_getaffinity: " + e.getMessage(), e);
    }
    return new CpuSet(BitSet.valueOf(mask));
  }

  public int size() {
    return cpus.cardinality();
  }

  public CpuSet first() {
    BitSet first = new BitSet();
    first.set(cpus.nextSetBit(0));
    return new CpuSet(first);
  }

  /** Each of them alone, ascending. */
  public List<CpuSet> each() {
    return cpus.stream()
        .mapToObj(
            cpu -> {
              BitSet one = new BitSet();
              one.set(cpu);
              return new CpuSet(one);
            })
        .toList();
  }

  public CpuSet others() {
    BitSet others = (BitSet) cpus.clone();
    others.clear(cpus.nextSetBit(0));
    return new CpuSet(others);
  }

  /**
   * Makes the calling thread run on these only.
   *
   * @throws IllegalStateException if the system refuses
   */
  public void pinCallingThread() {
    long[] mask = Arrays.copyOf(cpus.toLongArray(), MOST / Long.SIZE);
    try {
      libc().sched_setaffinity(CALLING_THREAD, MOST / Byte.SIZE, mask);
    } catch (LastErrorException | LinkageError e) {
      throw new IllegalStateException("sched_setaffinity: " + e.getMessage(), e);
    }
  }

  private static LibC libc() {
    return Native.load("c", LibC.class);
  }

  @Override
  public String toString() {
    return cpus.toString();
  }
}
