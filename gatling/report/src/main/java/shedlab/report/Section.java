package shedlab.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import shedlab.report.text.Prose;

/**
 * A section of the report: of the page, of the write-up, or of both.
 *
 * @param anchor of the page's links
 * @param menu its name among the page's contents
 * @param title what it found, or what it is about if there is no finding
 */
record Section(String anchor, String menu, String title, List<Part> parts) {
  /** A finding that is longer is no title. */
  private static final int LONGEST_TITLE = 150;

  /** All sections, in their order: a new one is a file of its own and a line here. */
  static final List<Function<Subject, Optional<Section>>> ALL =
      List.of(
          WhySection::of,
          MethodSection::measured,
          MethodSection::how,
          ScoresSection::of,
          GoodputSection::of,
          ServersSection::of,
          AdmittedSection::of,
          PercentilesSection::of,
          OutcomesSection::of,
          CourseSection::of,
          DynamicsSection::of,
          ShedSection::of,
          FairnessSection::of,
          TheorySection::prediction,
          TheorySection::simulation,
          PairsSection::of,
          RunsSection::of,
          ChoiceSection::of,
          FiguresSection::of,
          ValiditySection::of,
          SetUpSection::of,
          ThreatsSection::of,
          ReproduceSection::of);

  /** Of a run, those that have something to say. */
  static List<Section> of(Subject run) {
    return ALL.stream().map(section -> section.apply(run)).flatMap(Optional::stream).toList();
  }

  static Optional<Section> of(String anchor, String menu, String title, Part... parts) {
    return Optional.of(new Section(anchor, menu, title, List.of(parts)));
  }

  /** A sentence as a title if it is short enough; else another. */
  static String title(String sentence, String otherwise) {
    String title = sentence.strip().replaceFirst("\\.$", "");
    return title.isEmpty() || title.length() > LONGEST_TITLE ? otherwise : title;
  }

  /** For the page; empty if it has no part there. */
  String page() {
    String text = Part.joined(parts, true);
    return text.isEmpty()
        ? ""
        : "<section id=\"" + anchor + "\">\n<h2>" + Prose.html(title) + "</h2>\n" + text
            + "\n</section>\n";
  }

  /** For the write-up; empty if it has no part there. */
  String writeUp() {
    String text = Part.joined(parts, false);
    return text.isEmpty() ? "" : "## " + title + "\n\n" + text + "\n";
  }
}
