package shedlab.report.section;

import java.util.Optional;
import java.util.stream.DoubleStream;
import shedlab.report.chart.Chart;
import shedlab.report.figure.PredictionChart;
import shedlab.report.metric.Metric;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.text.Numbers;

/** Queueing theory and simulation compared with the measurement; on the page as tables only. */
public final class TheorySection {
  private TheorySection() {}

  static Optional<Section> prediction(Subject run) {
    if (PredictionChart.predicted(run.plain).isEmpty()) {
      return Optional.empty();
    }
    Chart chart = PredictionChart.of(run.data);
    double most =
        most(
            PredictionChart.predicted(run.plain).stream()
                .mapToDouble(r -> r.get(Metric.SHED_SHARE) - r.get(Metric.PREDICTED_SHED_SHARE)));
    return Section.of(
        "prediction",
        "Theory",
        "Theory and experiment differ by at most " + points(most) + " of the requests",
        run.chart(chart, "No prediction.", chart.views()),
        Part.small(
            "Queueing theory has a formula for what some strategies shed. Points on the diagonal"
                + " agree with it."),
        Part.table(run.plainTables.prediction()).inWriteUp(),
        Part.human("prediction"));
  }

  static Optional<Section> simulation(Subject run) {
    if (run.simulated.isEmpty()) {
      return Optional.empty();
    }
    double most =
        most(
            run.simulated.stream()
                .mapToDouble(p -> p.row().get(Metric.GOODPUT_SHARE) - p.goodputShare()));
    return Section.of(
        "simulated",
        "Simulation",
        "Simulation and experiment differ by at most " + points(most) + " of goodput",
        Part.text(
                "The same strategies on a simulated server of the same capacity, without HTTP,"
                    + " where a refusal costs nothing. What differs is what those two cost, or what"
                    + " the simulation leaves out.")
            .inWriteUp(),
        Part.table(run.plainTables.simulated(run.simulated)).inWriteUp(),
        Part.human("simulated"));
  }

  private static double most(DoubleStream differences) {
    return differences.filter(Double::isFinite).map(Math::abs).max().orElse(0);
  }

  private static String points(double difference) {
    return Numbers.fixed(100 * difference, 1) + " percentage points";
  }
}
