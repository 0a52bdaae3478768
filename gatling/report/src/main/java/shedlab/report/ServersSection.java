package shedlab.report;

import java.util.Optional;

/** Whether the servers differ: a section of the write-up; the page says so in its verdict. */
final class ServersSection {
  private ServersSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "servers",
        "Servers",
        "Do the servers differ?",
        Part.text(run.verdict.servers()).inWriteUp(),
        Part.human("servers"));
  }
}
