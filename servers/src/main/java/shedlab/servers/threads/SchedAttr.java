package shedlab.servers.threads;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import shedlab.servers.threads.Scheduling.Policy;

/**
 * The calling thread's {@code struct sched_attr}, for what {@code setpriority} cannot set. The C
 * library of most distributions has no function for it, so it is called by its number.
 */
final class SchedAttr {
  private static final int BYTES = 48; // as in its first version
  private static final int POLICY = 4;
  private static final int NICE = 16;
  private static final int RUNTIME = 24;
  private static final int SCHED_BATCH = 3;
  private static final int SCHED_OTHER = 0;
  private static final int CALLING_THREAD = 0;

  private SchedAttr() {}

  /**
   * Sets policy and slice, with the nice value that the thread has.
   *
   * @throws LastErrorException if the system refuses
   * @throws LinkageError if this is no Linux, or one whose numbers are not known
   */
  static void set(Scheduling wanted) {
    ByteBuffer attr = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
    attr.putInt(0, BYTES);
    attr.putInt(POLICY, wanted.policy() == Policy.BATCH ? SCHED_BATCH : SCHED_OTHER);
    attr.putInt(NICE, wanted.nice());
    attr.putLong(RUNTIME, wanted.slice().toNanos());
    libc().syscall(number(), CALLING_THREAD, attr.array(), 0);
  }

  /**
   * What the thread has; a kernel without slices tells none.
   *
   * @throws LastErrorException if the system does not tell
   * @throws LinkageError if this is no Linux, or one whose numbers are not known
   */
  static Scheduling get() {
    ByteBuffer attr = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
    libc().syscall(number() + 1, CALLING_THREAD, attr.array(), BYTES, 0);
    return new Scheduling(
        attr.getInt(NICE),
        attr.getInt(POLICY) == SCHED_BATCH ? Policy.BATCH : Policy.OTHER,
        Duration.ofNanos(attr.getLong(RUNTIME)));
  }

  /** Of {@code sched_setattr}; {@code sched_getattr} is the next. */
  private static long number() {
    if (Platform.isLinux() && Platform.isIntel() && Platform.is64Bit()) {
      return 314;
    }
    if (Platform.isLinux() && Platform.isARM() && Platform.is64Bit()) {
      return 274;
    }
    throw new UnsatisfiedLinkError("sched_setattr is not known on " + Platform.RESOURCE_PREFIX);
  }

  private static LibC libc() {
    return Native.load("c", LibC.class);
  }
}
