package shedlab.report.page;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** {@code REPORT.md}: a draft with the same sections as the page, and places for people's text. */
public final class WriteUp {
  private WriteUp() {}

  public static String of(Subject run, List<Section> sections) {
    List<String> parts = new ArrayList<>();
    parts.add("# " + run.plan.purpose().question());
    for (String[] stamp : stamps(run)) {
      parts.add("> **" + stamp[0] + ".** " + stamp[1]);
    }
    parts.add(opening(run, "report.html"));
    run.run.warnings().forEach(warning -> parts.add("> " + warning));
    parts.add(Part.human("summary").writeUp());
    for (Section section : sections) {
      String text = section.writeUp();
      if (!text.isEmpty()) {
        parts.add(text.stripTrailing());
      }
    }
    return String.join("\n\n", parts) + "\n";
  }

  /** The findings, the set-up, and links to more. */
  public static String opening(Subject run, String page) {
    List<String> sentences = new ArrayList<>(run.verdict.sentences());
    sentences.add(run.capacity.words(run.plain, run.cells));
    sentences.removeIf(String::isEmpty);
    return String.join("\n", sentences)
        + "\n\n**"
        + run.verdict.badge()
        + ".** "
        + String.join(", ", facts(run).subList(0, 4))
        + (run.plan.setUp().onMachines() ? ", on several " : ", in ")
        + run.plan.setUp().host()
        + ". All charts and figures, and every check of every cell, are on one page: ["
        + "report.html]("
        + page
        + ").";
  }

  /** What was run, in a few words each. */
  public static List<String> facts(Subject run) {
    return List.of(
        Prose.list(run.summary.servers()),
        Prose.count(run.summary.strategies().size(), "strategy"),
        Prose.list(run.summary.loads().stream().map(Numbers::load).toList()) + " the capacity",
        Prose.count(run.plan.grid().repeats(), "run")
            + " each of "
            + Numbers.plain(run.plan.load().measureSeconds())
            + " s",
        run.plan.setUp().host());
  }

  /** A warning: a word, and what it means. */
  public static List<String[]> stamps(Subject run) {
    List<String[]> stamps = new ArrayList<>();
    if (run.plan.setUp().simulated()) {
      stamps.add(
          new String[] {
            "SIMULATED",
            "No server has run: the production gate in virtual time, on cores that do nothing but"
                + " the work."
          });
    }
    if (!run.plan.purpose().evidence()) {
      stamps.add(
          new String[] {
            "NOT EVIDENCE: smoke profile",
            "Too short to conclude anything from. It shows that everything works."
          });
    }
    return stamps;
  }
}
