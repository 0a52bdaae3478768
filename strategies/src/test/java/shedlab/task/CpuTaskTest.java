package shedlab.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuTaskTest {
  /** Worked out by another program, in another language. */
  @ParameterizedTest
  @CsvSource({
    "0, 9E3779B97F4A7C15",
    "1, 56B663219F6E38F5",
    "2, C8025C367C3730D8",
    "1000, 3E746A84B0B86F03"
  })
  void givesTheChecksum(int units, String checksum) {
    assertThat(CpuTask.run(units)).isEqualTo(Long.parseUnsignedLong(checksum, 16));
  }

  /**
   * An oracle that shares no step with the task: xorshift64 is linear over GF(2), so {@code n}
   * steps are the {@code n}-th power of a 64 x 64 bit matrix, found by repeated squaring.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 64, 100, 999, 1_000, 4_321})
  void doesEveryStep(int units) {
    long steps = (long) units * CpuTask.STEPS_PER_UNIT;

    assertThat(CpuTask.run(units)).isEqualTo(apply(power(oneStep(), steps), CpuTask.run(0)));
  }

  @Test
  void anotherUnitGivesAnotherChecksum() {
    assertThat(CpuTask.run(1)).isNotEqualTo(CpuTask.run(0)).isNotEqualTo(CpuTask.run(2));
  }

  @Test
  void allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long checksum = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int j = 0; j < 100; j++) {
        checksum += CpuTask.run(10);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
    assertThat(checksum).isNotZero();
  }

  /** Column {@code i} is what one step makes of the state that has only bit {@code i} set. */
  private static long[] oneStep() {
    long[] columns = new long[Long.SIZE];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long x = 1L << bit;
      long afterFirst = x ^ (x << 13);
      long afterSecond = afterFirst ^ (afterFirst >>> 7);
      columns[bit] = afterSecond ^ (afterSecond << 17);
    }
    return columns;
  }

  private static long apply(long[] matrix, long vector) {
    long result = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((vector >>> bit & 1) != 0) {
        result ^= matrix[bit];
      }
    }
    return result;
  }

  private static long[] times(long[] left, long[] right) {
    long[] product = new long[Long.SIZE];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      product[bit] = apply(left, right[bit]);
    }
    return product;
  }

  private static long[] power(long[] matrix, long exponent) {
    long[] result = new long[Long.SIZE];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      result[bit] = 1L << bit;
    }
    long[] square = matrix;
    for (long rest = exponent; rest > 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result = times(square, result);
      }
      square = times(square, square);
    }
    return result;
  }
}
