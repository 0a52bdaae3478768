package shedlab.bench.cleanrate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import shedlab.bench.cleanrate.Search.Found;
import shedlab.bench.outside.Ratio;
import shedlab.report.statistics.Median;
import shedlab.report.text.Numbers;

/**
 * What all rounds found.
 *
 * @param gaps what could not be measured, and why
 */
record Findings(List<Row> rows, List<Answer> answers, List<String> gaps) {
  /** Median, least and most over the rounds; NaN without any. */
  record Spread(double median, double least, double most) {
    static Spread of(DoubleStream values) {
      double[] finite = values.filter(Double::isFinite).sorted().toArray();
      return finite.length == 0
          ? new Spread(Double.NaN, Double.NaN, Double.NaN)
          : new Spread(Median.of(finite), finite[0], finite[finite.length - 1]);
    }

    /** {@code 5000 (4800 to 5200)}; without the rest if all are alike. */
    String text(int digits) {
      String middle = Numbers.fixed(median, digits);
      return least == most || Double.isNaN(median)
          ? middle
          : middle
              + " ("
              + Numbers.fixed(least, digits)
              + " to "
              + Numbers.fixed(most, digits)
              + ")";
    }
  }

  /** Of the searches of a number of generators. */
  Spread clean(Generators of) {
    return Spread.of(answersOf(of).mapToDouble(answer -> answer.found().clean()));
  }

  /** Of a figure at a rate, in loads that were clean. */
  Spread at(Generators of, int rate, ToDoubleFunction<Reading> figure) {
    return Spread.of(
        rows.stream()
            .filter(row -> row.is(of, rate) && row.reading().clean())
            .mapToDouble(row -> figure.applyAsDouble(row.reading())));
  }

  /** Of a figure at the greatest clean rate of each round. */
  Spread atGreatest(Generators of, ToDoubleFunction<Reading> figure) {
    return Spread.of(
        answersOf(of)
            .flatMap(answer -> readings(answer, answer.found().clean()))
            .filter(Reading::clean)
            .mapToDouble(figure));
  }

  /** Which checks failed at the least rate beyond, each with the number of rounds. */
  Map<String, Long> broke(Generators of) {
    Map<String, Long> counts = new TreeMap<>();
    answersOf(of)
        .flatMap(answer -> readings(answer, answer.found().beyond()).limit(1))
        .flatMap(reading -> reading.brokenNames().stream())
        .forEach(name -> counts.merge(name, 1L, Long::sum));
    return counts;
  }

  /** Whether in any round the server was full where the search ended, or at the greatest rate. */
  boolean serverWasTheLimit(Generators of) {
    return answersOf(of).anyMatch(answer -> answer.found().server())
        || answersOf(of)
            .flatMap(
                answer ->
                    Stream.concat(
                        readings(answer, answer.found().clean()),
                        readings(answer, answer.found().beyond())))
            .anyMatch(Reading::serverFull);
  }

  /** How many searches ended although no rate was too much. */
  long endless(Generators of) {
    return answersOf(of).map(Answer::found).filter(found -> found.beyond() == 0).count();
  }

  /** How many times a figure at a rate is that of others in the same round. */
  Ratio ratio(Generators first, Generators second, int rate, ToDoubleFunction<Reading> figure) {
    return Ratio.overBlocks(
        rounds(),
        round -> in(round, first, rate, figure),
        round -> in(round, second, rate, figure));
  }

  /** The same of the greatest clean rates. */
  Ratio ratioOfClean(Generators first, Generators second) {
    return Ratio.overBlocks(
        rounds(), round -> cleanIn(round, first), round -> cleanIn(round, second));
  }

  private int rounds() {
    return rows.stream().mapToInt(Row::round).max().orElse(0);
  }

  private double in(int round, Generators of, int rate, ToDoubleFunction<Reading> figure) {
    return rows.stream()
        .filter(row -> row.round() == round && row.is(of, rate) && row.reading().clean())
        .mapToDouble(row -> figure.applyAsDouble(row.reading()))
        .findFirst()
        .orElse(Double.NaN);
  }

  private double cleanIn(int round, Generators of) {
    return answersOf(of)
        .filter(answer -> answer.round() == round)
        .map(Answer::found)
        .mapToDouble(Found::clean)
        .findFirst()
        .orElse(Double.NaN);
  }

  private Stream<Answer> answersOf(Generators of) {
    return answers.stream().filter(answer -> answer.generators().equals(of));
  }

  private Stream<Reading> readings(Answer answer, int rate) {
    return rows.stream()
        .filter(row -> row.round() == answer.round() && row.is(answer.generators(), rate))
        .map(Row::reading);
  }
}
