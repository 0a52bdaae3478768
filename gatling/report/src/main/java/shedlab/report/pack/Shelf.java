package shedlab.report.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in the templates of a page, taken out of it and packed. The script puts it back when it
 * is asked for; everything outside of templates is readable without.
 */
public final class Shelf {
  /** Between the contents of two templates. */
  private static final String END = "</template>";

  private static final Pattern TEMPLATE =
      Pattern.compile("(<template[^>]*>)(.*?)" + END, Pattern.DOTALL);

  /** A folded part of the page that is at least so long is packed. */
  private static final int LONG = 10_000;

  private static final String WITHOUT_SCRIPT =
      "<noscript><p class=\"note-text\">The script of this page writes this table. Its figures are"
          + " in the files beside the page.</p></noscript>\n";

  private Shelf() {}

  /** The page without the contents of its templates, and a script element with them. */
  public static String packed(String page) {
    List<String> contents = new ArrayList<>();
    var empty = new StringBuilder(page.length() / 2);
    Matcher template = TEMPLATE.matcher(page);
    int from = 0;
    while (template.find()) {
      contents.add(template.group(2).strip());
      empty.append(page, from, template.end(1)).append(END);
      from = template.end();
    }
    empty.append(page, from, page.length());
    return empty
        + "<script type=\"text/plain\" id=\"packed\">"
        + Packed.of(String.join(END, contents))
        + "</script>\n";
  }

  /** Part of a page that is shown only when it is unfolded: in a template if it is long. */
  public static String folded(String html) {
    return html.length() < LONG ? html : WITHOUT_SCRIPT + "<template>" + html + END + "\n";
  }
}
