package shedlab.bench.experiment;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.spec.SpecException;

/**
 * A strategy as an experiment writes it: {@code
 * fixed:limit=${workers}+fifo:capacity=${workers*4},timeout=${deadline/2}}. The capacity stays open
 * until it has been measured.
 */
public final class StrategyTemplate {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern PRODUCT = Pattern.compile("(\\w+)(?:([*/])([1-9][0-9]{0,3}))?");
  private static final String CAPACITY = "capacity";
  private static final String DEADLINE = "deadline";
  private static final String RULE = "${cpus}, ${workers}, ${deadline} or ${capacity}";

  private final Map<String, Long> values;

  /** For a server, or for each of a fleet, that has so many CPUs under these settings. */
  public StrategyTemplate(Settings settings, int cpus) {
    int each = FleetKeys.cpusOfEach(settings, cpus);
    values =
        Map.of(
            "cpus",
            (long) each,
            "workers",
            (long) settings.get(Schema.WORKERS_PER_CPU) * each,
            DEADLINE,
            settings.get(Schema.DEADLINE).toNanos() / 1_000);
  }

  /**
   * The text with everything filled in but the capacity.
   *
   * @throws SpecException if it names something else
   */
  public String fill(String text) {
    return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, text)));
  }

  private String value(MatchResult variable, String text) {
    Matcher product = PRODUCT.matcher(variable.group(1));
    if (!product.matches()) {
      throw new SpecException("strategies", text, RULE);
    }
    String name = product.group(1);
    if (name.equals(CAPACITY)) {
      return variable.group();
    }
    Long value = values.get(name);
    if (value == null) {
      throw new SpecException("strategies", text, RULE);
    }
    long operand = product.group(2) == null ? 1 : Long.parseLong(product.group(3));
    long result = "/".equals(product.group(2)) ? Math.max(1, value / operand) : value * operand;
    return name.equals(DEADLINE) ? duration(result) : Long.toString(result);
  }

  private static String duration(long micros) {
    return micros % 1_000 == 0 ? micros / 1_000 + "ms" : micros + "us";
  }

  /** A text with the capacity filled in too. */
  public static String withCapacity(String text, double perSecond) {
    String variable = "${" + CAPACITY + "}";
    return !text.contains(variable) // formatting costs more than all else
        ? text
        : text.replace(variable, String.format(Locale.ROOT, "%.2f", perSecond));
  }
}
