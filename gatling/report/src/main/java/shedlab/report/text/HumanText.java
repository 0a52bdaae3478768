package shedlab.report.text;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps text that people wrote. Text between {@code <!-- human:NAME -->} and {@code <!-- /human
 * -->} moves from the old write-up into the new one; if its place no longer exists, it moves to the
 * end.
 */
public final class HumanText {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- human:([a-z0-9-]+) -->(.*?)<!-- /human -->", Pattern.DOTALL);
  private static final Pattern OPENING = Pattern.compile("<!-- human:([a-z0-9-]+) -->");

  private HumanText() {}

  /**
   * The fresh text with the old blocks.
   *
   * @throws IOException if a block of the old text is not closed, or its name is used twice: its
   *     text could get lost
   */
  public static String carried(String old, String fresh) throws IOException {
    Map<String, String> kept = blocks(old);
    var result = new StringBuilder();
    Matcher place = BLOCK.matcher(fresh);
    while (place.find()) {
      String text = kept.remove(place.group(1));
      String block = text == null ? place.group() : block(place.group(1), text);
      place.appendReplacement(result, Matcher.quoteReplacement(block));
    }
    place.appendTail(result);
    kept.values().removeIf(String::isBlank); // a place that nobody used, and that is gone
    kept.forEach((name, text) -> result.append('\n').append(block(name, text)).append('\n'));
    return result.toString();
  }

  /**
   * True if people have written nothing.
   *
   * @throws IOException if a block is not closed, or its name is used twice
   */
  public static boolean isBlank(String text) throws IOException {
    return blocks(text).values().stream().allMatch(String::isBlank);
  }

  private static Map<String, String> blocks(String text) throws IOException {
    var blocks = new LinkedHashMap<String, String>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String name = block.group(1);
      if (OPENING.matcher(block.group(2)).find()) {
        throw new IOException("REPORT.md: human:" + name + " (expected: <!-- /human --> after it)");
      }
      if (blocks.put(name, block.group(2)) != null) {
        throw new IOException("REPORT.md: human:" + name + " (expected: once)");
      }
    }
    long opened = OPENING.matcher(text).results().count();
    if (opened != blocks.size()) {
      throw new IOException(
          "REPORT.md: a human block is open (expected: <!-- /human --> after it)");
    }
    return blocks;
  }

  private static String block(String name, String text) {
    return "<!-- human:" + name + " -->" + text + "<!-- /human -->";
  }
}
