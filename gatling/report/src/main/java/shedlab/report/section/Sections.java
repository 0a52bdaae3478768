package shedlab.report.section;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import shedlab.report.cpu.CpuSection;
import shedlab.report.fleet.FleetSection;
import shedlab.report.front.Front;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.ramp.RampSection;
import shedlab.report.variant.VariantSection;

/** The list of sections, from which the page, its contents and the write-up are made. */
public final class Sections {
  /** All sections, in their order: a new section is a file and a line here. */
  private static final List<Function<Subject, Optional<Section>>> ALL =
      List.of(
          Front::of,
          MethodSection::why,
          MethodSection::measured,
          MethodSection::how,
          VariantSection::ofOneStrategy,
          RampSection::of,
          ScoresSection::of,
          GoodputSection::of,
          ServersSection::of,
          AdmittedSection::of,
          PercentilesSection::of,
          OutcomesSection::of,
          VariantSection::ofSeveralStrategies,
          CpuSection::of,
          FleetSection::of,
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
          ReproduceSection::setUp,
          ThreatsSection::of,
          ReproduceSection::of);

  private Sections() {}

  /** The sections that have content for a run. */
  public static List<Section> of(Subject run) {
    return ALL.stream().map(section -> section.apply(run)).flatMap(Optional::stream).toList();
  }
}
