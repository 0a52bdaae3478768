package shedlab.report.raw;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.load.ArrivalSchedule;

/**
 * The part of a job's schedule that one of several load generators plays. They take turns: the
 * second of four plays the arrivals 1, 5, 9 and so on, at their own times and with their own sizes.
 * So all parts together are the schedule, and each has the course of the whole.
 *
 * @param number from 1
 * @param of how many generators there are
 */
public record SchedulePart(int number, int of) {
  /** All of it. */
  public static final SchedulePart WHOLE = new SchedulePart(1, 1);

  /** More than anybody starts. */
  public static final int MOST = 64;

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]?)-of-([1-9][0-9]?)");
  private static final String FOLDER = "generator-";

  /** Throws {@link IllegalArgumentException} with {@code key: value (expected: rule)}. */
  public SchedulePart {
    if (of < 1 || of > MOST || number < 1 || number > of) {
      throw new IllegalArgumentException(
          "part: " + number + "-of-" + of + " (expected: 1-of-1 to " + MOST + "-of-" + MOST + ")");
    }
  }

  /**
   * Reads {@code 2-of-4}.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static SchedulePart parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("part: " + text + " (expected: such as 2-of-4)");
    }
    return new SchedulePart(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** True if there is one generator only. */
  public boolean isWhole() {
    return of == 1;
  }

  /** The arrivals of this part. */
  public ArrivalSchedule arrivalsOf(ArrivalSchedule whole) {
    return isWhole() ? whole : whole.part(number - 1, of);
  }

  /** The index in the whole schedule of the arrival with this index in the part. */
  public int inWhole(int index) {
    return number - 1 + index * of;
  }

  /** The folder of its generator's files, in a cell's folder. */
  public String folder() {
    return FOLDER + this;
  }

  /** {@code 2-of-4}. */
  @Override
  public String toString() {
    return number + "-of-" + of;
  }
}
