package shedlab.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import shedlab.task.CpuTask;

/** How much work the requests ask for, as units of {@link CpuTask}. */
@FunctionalInterface
public interface ServiceLaw {
  /**
   * The units of requests {@code 0} to {@code count - 1}, each from 1 to {@link CpuTask#MAX_UNITS}.
   * The same seed gives the same sizes, and a longer list begins with the shorter one; the draws
   * are independent of an {@link ArrivalSchedule} from the same seed.
   */
  int[] units(int count, long seed);

  /** The same for every request. */
  static ServiceLaw deterministic(int meanUnits) {
    checkMean(meanUnits);
    return (count, seed) -> {
      int[] units = new int[count];
      Arrays.fill(units, meanUnits);
      return units;
    };
  }

  /**
   * Exponential, rounded to whole units. Below a mean of about 10 the floor of one unit makes the
   * true mean noticeably larger.
   */
  static ServiceLaw exponential(int meanUnits) {
    checkMean(meanUnits);
    return (count, seed) -> {
      // Another stream of the seed's own family, so that sizes and gaps have nothing in common.
      SplittableRandom random = new SplittableRandom(seed).split();
      DoubleSupplier draws = ArrivalSchedule.unitExponential(random);
      int[] units = new int[count];
      for (int i = 0; i < count; i++) {
        long rounded = Math.round(meanUnits * draws.getAsDouble());
        units[i] = (int) Math.max(1, Math.min(CpuTask.MAX_UNITS, rounded));
      }
      return units;
    };
  }

  private static void checkMean(int meanUnits) {
    if (meanUnits < 1 || meanUnits > CpuTask.MAX_UNITS) {
      throw new IllegalArgumentException(
          "units: "
              + meanUnits
              + " (expected: a whole number from 1 to "
              + CpuTask.MAX_UNITS
              + ")");
    }
  }
}
