package shedlab.report;

import java.util.Optional;
import shedlab.report.text.Prose;

/** The command, the seed, and what else is needed to run the same again. */
final class ReproduceSection {
  private ReproduceSection() {}

  static Optional<Section> of(Subject run) {
    String command = run.evidence.command();
    return Section.of(
        "reproduce",
        "Reproduce",
        "Reproduce",
        new Part(
            "<pre tabindex=\"0\"><code>" + Prose.escape(command) + "</code></pre>",
            "```\n" + command + "\n```"),
        Part.text(
            "The seed is "
                + run.plan.seed()
                + ". Every strategy met the same arrivals and the same task sizes."),
        new Part(
            "<p class=\"lead\">The plan is in <a href=\"plan.json\">plan.json</a>, the environment"
                + " in <a href=\"env.json\">env.json</a>, the write-up in <a"
                + " href=\"REPORT.md\">REPORT.md</a>.</p>",
            "Settings of the run:"),
        Part.table(run.evidence.settings()).inWriteUp(),
        Part.table(run.evidence.environment()).inWriteUp(),
        Part.human("changes"));
  }
}
