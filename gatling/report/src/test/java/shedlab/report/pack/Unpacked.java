package shedlab.report.pack;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link Packed} wrote, as the page's script does. */
public final class Unpacked {
  private static final Pattern PACKED =
      Pattern.compile("(?s)<script type=\"text/plain\" id=\"packed\">(.*?)</script>");

  private final String packed;
  private int at;

  private Unpacked(String packed) {
    this.packed = packed;
    this.at = packed.indexOf(';') + 1;
  }

  /** The text. */
  public static String of(String packed) {
    return new Unpacked(packed).read(Integer.parseInt(packed.substring(0, packed.indexOf(';'))));
  }

  /** The contents of a page's templates, in their order. */
  public static List<String> contents(String html) {
    Matcher found = PACKED.matcher(html);
    return found.find() ? List.of(of(found.group(1)).split("</template>", -1)) : List.of();
  }

  /** A page with everything that its script can show where it belongs. */
  public static String page(String html) {
    var page = new StringBuilder();
    int from = 0;
    for (String content : contents(html)) {
      int end = html.indexOf("</template>", from);
      page.append(html, from, end).append(content).append("</template>");
      from = end + "</template>".length();
    }
    return page.append(html.substring(from)).toString();
  }

  private String read(int length) {
    var text = new StringBuilder(length);
    while (at < packed.length()) {
      char c = packed.charAt(at++);
      if (c != Packed.NEAR && c != Packed.FAR) {
        text.append(c);
      } else if (packed.charAt(at) == Packed.ITSELF) {
        text.append(c);
        at++;
      } else {
        int count = number(1);
        count += Packed.SHORTEST + (count == 88 ? number(2) : 0);
        int back = number(c == Packed.NEAR ? 2 : 3);
        for (int i = 0; i < count; i++) {
          text.append(text.charAt(text.length() - back));
        }
      }
    }
    if (text.length() != length) {
      throw new AssertionError("characters: " + text.length() + " (expected: " + length + ")");
    }
    return text.toString();
  }

  private int number(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      char c = packed.charAt(at++);
      value = value * 89 + c - '#' - (c > '<' ? 1 : 0) - (c > '^' ? 1 : 0);
    }
    return value;
  }
}
