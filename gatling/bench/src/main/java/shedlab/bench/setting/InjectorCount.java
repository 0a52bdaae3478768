package shedlab.bench.setting;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.raw.SchedulePart;
import shedlab.spec.SpecException;

/**
 * How many load generators a run is to have.
 *
 * @param number 0 for as many as the greatest load needs
 * @param share whether they may share their CPUs, which shows that it works where there are few
 */
public record InjectorCount(int number, boolean share) {
  static final String RULE =
      "auto, a number from 1 to " + SchedulePart.MOST + ", or 2:shared on the same CPUs";

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]?)(:shared)?");
  private static final InjectorCount AUTO = new InjectorCount(0, false);

  /**
   * Reads {@code auto}, {@code 4} or {@code 4:shared}.
   *
   * @throws SpecException if it is no such text
   */
  public static InjectorCount parse(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > SchedulePart.MOST) {
      throw new SpecException("injectors", text, RULE);
    }
    return new InjectorCount(Integer.parseInt(matcher.group(1)), matcher.group(2) != null);
  }

  /** True if the load decides. */
  public boolean auto() {
    return number == 0;
  }
}
