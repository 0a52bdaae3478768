package shedlab.bench.league;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.spec.Parameter;
import shedlab.strategy.Strategy;

/**
 * A number in the text of a strategy: a count, a share, a rate or a duration.
 *
 * @param name the piece and its key: {@code fifo timeout}
 * @param value as the text has it
 * @param from where it stands in the text
 */
record NumericSetting(String name, String value, int from) {
  private static final Pattern NUMBER =
      Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)(|%|/s|ns|us|ms|s|min)");
  private static final Parameter<Duration> TIME = Parameter.duration("time", "");

  /** Digits of what has been multiplied; more would only be noise in a table. */
  private static final MathContext DIGITS = new MathContext(4);

  /** All of a strategy, in the order of its canonical text, which names every default. */
  static List<NumericSetting> of(Strategy strategy) {
    List<NumericSetting> all = new ArrayList<>();
    int begin = 0;
    for (String piece : strategy.toString().split("\\+", -1)) {
      int at = begin + piece.indexOf(':') + 1;
      String name = at == begin ? piece : piece.substring(0, at - begin - 1);
      for (String pair : at == begin ? new String[0] : piece.substring(at - begin).split(",", -1)) {
        int equals = pair.indexOf('=');
        String value = pair.substring(equals + 1);
        if (NUMBER.matcher(value).matches()) {
          all.add(
              new NumericSetting(name + " " + pair.substring(0, equals), value, at + equals + 1));
        }
        at += pair.length() + 1;
      }
      begin += piece.length() + 1;
    }
    return all;
  }

  /** The text of its strategy with this number multiplied and all others as they are. */
  String in(Strategy strategy, double factor) {
    String text = strategy.toString();
    return text.substring(0, from) + times(factor) + text.substring(from + value.length());
  }

  /** The value multiplied: a whole number is rounded and not less than one. */
  String times(double factor) {
    Matcher number = NUMBER.matcher(value);
    if (!number.matches()) {
      throw new IllegalStateException(value);
    }
    BigDecimal exact = new BigDecimal(number.group(1)).multiply(BigDecimal.valueOf(factor));
    String unit = number.group(2);
    if (unit.isEmpty() && number.group(1).matches("-?[0-9]+")) {
      return Long.toString(Math.max(1, Math.round(exact.doubleValue())));
    }
    BigDecimal product = exact.round(DIGITS);
    if (unit.isEmpty()) {
      return Double.toString(product.doubleValue());
    }
    if (unit.equals("%") || unit.equals("/s")) {
      return product.stripTrailingZeros().toPlainString() + unit;
    }
    BigDecimal nanos =
        BigDecimal.valueOf(TIME.read("1" + unit).toNanos()).multiply(product, DIGITS);
    return TIME.writer().apply(Duration.ofNanos(Math.max(1, nanos.longValue())));
  }
}
