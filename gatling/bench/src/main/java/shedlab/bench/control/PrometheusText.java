package shedlab.bench.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus text, as far as it can be read: lines that are no samples are passed over. */
public final class PrometheusText {
  private static final Pattern SAMPLE =
      Pattern.compile("([A-Za-z_:][\\w:]*(?:\\{[^\\n]*\\})?)\\s+([-+\\d.eE]{1,30})(?:\\s+-?\\d+)?");

  private PrometheusText() {}

  /** Each sample by its name, labels included; of two with one name, the last. */
  public static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : text.split("\r?\n", -1)) {
      Matcher sample = SAMPLE.matcher(line.strip());
      if (sample.matches()) {
        try {
          samples.put(sample.group(1), Double.valueOf(sample.group(2)));
        } catch (NumberFormatException e) {
          // No sample; whoever asks for the name is told that it is missing.
        }
      }
    }
    return samples;
  }
}
