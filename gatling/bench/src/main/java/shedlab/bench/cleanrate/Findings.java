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
 * What all blocks found.
 *
 * @param gaps what could not be measured, and why
 */
record Findings(List<Row> rows, List<Answer> answers, List<String> gaps) {
  /** Median, least and most over the blocks; NaN without any. */
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

  /** Of a figure at the greatest clean rate of each block. */
  Spread atGreatest(Generators of, ToDoubleFunction<Reading> figure) {
    return Spread.of(
        answersOf(of)
            .flatMap(answer -> readings(answer, answer.found().clean()))
            .filter(Reading::clean)
            .mapToDouble(figure));
  }

  /** Which checks failed at the least rate beyond, each with the number of blocks. */
  Map<String, Long> broke(Generators of) {
    Map<String, Long> counts = new TreeMap<>();
    answersOf(of)
        .flatMap(answer -> readings(answer, answer.found().beyond()).limit(1))
        .flatMap(reading -> reading.brokenNames().stream())
        .forEach(name -> counts.merge(name, 1L, Long::sum));
    return counts;
  }

  /** Whether in any block the server was full where the search ended, or at the greatest rate. */
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

  /** How many times a figure at a rate is that of others in the same block. */
  Ratio ratio(Generators first, Generators second, int rate, ToDoubleFunction<Reading> figure) {
    return Ratio.overBlocks(
        blocks(),
        block -> in(block, first, rate, figure),
        block -> in(block, second, rate, figure));
  }

  /** The same of the greatest clean rates. */
  Ratio ratioOfClean(Generators first, Generators second) {
    return Ratio.overBlocks(
        blocks(), block -> cleanIn(block, first), block -> cleanIn(block, second));
  }

  private int blocks() {
    return rows.stream().mapToInt(Row::block).max().orElse(0);
  }

  private double in(int block, Generators of, int rate, ToDoubleFunction<Reading> figure) {
    return rows.stream()
        .filter(row -> row.block() == block && row.is(of, rate) && row.reading().clean())
        .mapToDouble(row -> figure.applyAsDouble(row.reading()))
        .findFirst()
        .orElse(Double.NaN);
  }

  private double cleanIn(int block, Generators of) {
    return answersOf(of)
        .filter(answer -> answer.block() == block)
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
        .filter(row -> row.block() == answer.block() && row.is(answer.generators(), rate))
        .map(Row::reading);
  }
}
