package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.Table;
import shedlab.report.text.Prose;

/** Which cells count, and why the others do not. */
public final class ValiditySection {
  private ValiditySection() {}

  static Optional<Section> of(Subject run) {
    Table invalid = run.evidence.invalid();
    Table findings = run.evidence.findings();
    return Section.of(
        "validity",
        "Validity",
        run.verdict.badge(),
        Part.text(
            "A cell is valid if it ran to its end and every check held. An invalid one is shown,"
                + " and in no median."),
        invalid.rows().isEmpty()
            ? Part.text("No cell was invalid.").inWriteUp()
            : Part.text("Invalid cells:"),
        Part.table(invalid),
        findings.rows().isEmpty() ? Part.NOTHING : Part.text(found(findings.rows().size())),
        Part.folded("Findings", Part.table(findings)).onPage(),
        Part.folded("Every check of every cell", Part.table(run.evidence.checks())).onPage(),
        Part.human("surprises"));
  }

  private static String found(int findings) {
    return Prose.count(findings, "finding")
        + ", listed on the page: what servers did under their strategies above the capacity, such as"
        + " being idle. A finding makes no cell invalid.";
  }
}
