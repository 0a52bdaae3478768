package shedlab.bench.experiment;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import shedlab.spec.SpecException;

/**
 * The lines of a properties file in UTF-8. {@link Properties} reads each; what it does not know is
 * where a key stood and that another line had the same key.
 */
public final class ExperimentFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** What a decoder puts in the place of bytes that are no UTF-8. */
  private static final String UNREADABLE = "\uFFFD";

  private ExperimentFile() {}

  /**
   * Every key with its value, in the order of the file.
   *
   * @throws SpecException if the file cannot be read, or a key is there twice
   */
  public static List<Line> read(Path file) {
    List<String> text = text(file);
    Map<String, Line> lines = new LinkedHashMap<>();
    for (int i = 0; i < text.size(); i++) {
      if (isEmpty(text.get(i))) {
        continue;
      }
      String place = file.normalize() + ":" + (i + 1);
      StringBuilder whole = new StringBuilder(text.get(i));
      while (isContinued(text.get(i)) && i + 1 < text.size()) {
        whole.append('\n').append(text.get(++i));
      }
      Line line = line(place, whole.toString());
      Line earlier = lines.putIfAbsent(line.written(), line);
      if (earlier != null) {
        throw line.refused("each key once; it is also at " + earlier.place());
      }
    }
    return List.copyOf(lines.values());
  }

  private static List<String> text(Path file) {
    String all;
    try {
      all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SpecException("experiment", file, "a readable properties file");
    }
    return new ArrayList<>(
        (all.startsWith(BYTE_ORDER_MARK) ? all.substring(1) : all).lines().toList());
  }

  private static Line line(String place, String text) {
    SpecException unreadable =
        new SpecException("line", text.lines().findFirst().orElse(""), "key = value, in UTF-8");
    if (text.contains(UNREADABLE)) {
      throw unreadable.at(place);
    }
    Properties one = new Properties();
    try {
      one.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) { // a broken escape
      throw unreadable.at(place);
    }
    String key = one.stringPropertyNames().stream().findFirst().orElse("");
    if (key.isEmpty()) {
      throw unreadable.at(place);
    }
    return new Line(place, key, key, one.getProperty(key).trim());
  }

  /** A comment or nothing. */
  private static boolean isEmpty(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#") || text.startsWith("!");
  }

  /** True if a backslash at its end, which is not escaped itself, continues a line in the next. */
  private static boolean isContinued(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }
}
