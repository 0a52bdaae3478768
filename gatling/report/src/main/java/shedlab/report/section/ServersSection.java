package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** Whether the servers differ: only in the write-up; the page has it in the verdict. */
public final class ServersSection {
  private ServersSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "servers",
        "Servers",
        "Do the servers differ?",
        Part.text(
                run.summary.servers().size() < 2
                    ? "One server was measured: there is nothing to compare."
                    : run.verdict.servers())
            .inWriteUp(),
        Part.human("servers"));
  }
}
