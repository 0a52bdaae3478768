package shedlab.report.publish;

import java.util.Optional;

/** A part of a Markdown file between the lines {@code <!-- NAME -->} and {@code <!-- /NAME -->}. */
record MarkedBlock(String name) {
  String begin() {
    return "<!-- " + name + " -->\n";
  }

  String end() {
    return "<!-- /" + name + " -->\n";
  }

  /** The file's text with another block between the marks; empty if it lacks one of them. */
  Optional<String> replaced(String text, String block) {
    int from = text.indexOf(begin());
    int to = text.indexOf(end(), Math.max(0, from));
    return from < 0 || to < 0
        ? Optional.empty()
        : Optional.of(
            text.substring(0, from + begin().length()) + block.strip() + "\n" + text.substring(to));
  }

  /** The file's text with lines before the end mark; empty if there is no such mark. */
  Optional<String> appended(String text, String lines) {
    int to = text.indexOf(end());
    return to < 0
        ? Optional.empty()
        : Optional.of(text.substring(0, to) + lines + text.substring(to));
  }
}
