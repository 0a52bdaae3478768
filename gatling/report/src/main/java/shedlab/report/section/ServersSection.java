package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** Whether the servers differ: only in the write-up; the page has it in the verdict. */
public final class ServersSection {
  private ServersSection() {}

  static Optional<Section> of(Subject run) {
    String text = run.verdict.servers();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Section.of(
        "servers",
        "Servers",
        "Do the servers differ?",
        Part.text(text).inWriteUp(),
        Part.human("servers"));
  }
}
