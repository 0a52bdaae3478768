package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.text.Prose;

/** The set-up, the command, the seed, and whatever else is needed to repeat the run. */
public final class ReproduceSection {
  private ReproduceSection() {}

  /** The environment, for the page; the write-up mentions it where it matters. */
  static Optional<Section> setUp(Subject run) {
    return Section.of(
        "setup",
        "Set-up",
        "Set-up",
        new Part(
            "<div class=\"columns\">\n<div><h3>Capacity: what 1x means</h3>\n"
                + run.evidence.capacity().html()
                + "<h3>Settings</h3>\n"
                + run.evidence.settings().html()
                + "</div>\n<div><h3>Strategies</h3>\n"
                + run.evidence.strategies().html()
                + "<h3>Environment</h3>\n"
                + run.evidence.environment().html()
                + "</div>\n</div>",
            ""));
  }

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
