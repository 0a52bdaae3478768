package shedlab.bench.capacity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import shedlab.report.raw.Floor;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.text.Numbers;
import shedlab.spec.SpecException;

/**
 * What a server has to keep, such as {@code p99<=250ms,shed<=1%}.
 *
 * <p>Response times count from the intended start. A percentile is of all requests that were not
 * refused: a request without an answer, or with an error, counts as infinitely late. Otherwise a
 * server that answers nobody would keep any percentile.
 *
 * @param text as it was given
 */
public record Objective(String text, List<Term> terms) {
  private static final String KEY = "slo";

  private static final String RULE =
      "p50, p90, p99 or p99.9 <= a time, shed <= a share, goodput >= a share, each once, as in"
          + " p99<=250ms,shed<=1%";

  private static final Pattern TERM =
      Pattern.compile(
          "(p50|p90|p99|p99\\.9)<=(\\d{1,7}(?:\\.\\d{1,3})?)(us|ms|s)"
              + "|(shed<=|goodput>=)(\\d{1,3}(?:\\.\\d{1,4})?)%");

  private static final Map<String, ToLongFunction<Latency>> PERCENTILES =
      Map.of("p50", Latency::p50, "p90", Latency::p90, "p99", Latency::p99, "p99.9", Latency::p999);

  /** At least so many requests are slower than a percentile that may be quoted. */
  private static final int ABOVE = 10;

  /** What is held against a bound. */
  public enum Kind {
    /** A percentile of response times, in microseconds. */
    PERCENTILE,
    /** 429s as a share of all requests. */
    SHED,
    /** 200s within the deadline as a share of all requests. */
    GOODPUT
  }

  /**
   * One condition.
   *
   * @param name as it is written, such as {@code p99}
   * @param percent of a percentile: 99 for p99; else 0
   * @param bound in microseconds, or a share
   */
  public record Term(String name, Kind kind, double percent, double bound) {
    private boolean holds(double value) {
      return kind == Kind.GOODPUT ? value >= bound : value <= bound;
    }

    private long answersNeeded() {
      return kind == Kind.PERCENTILE ? Math.round(ABOVE / (1 - percent / 100)) : 0;
    }

    private double of(Outcomes outcomes, Histogram admitted) {
      return switch (kind) {
        case SHED -> share(outcomes.shed(), outcomes);
        case GOODPUT -> share(outcomes.good(), outcomes);
        case PERCENTILE -> {
          long notRefused = outcomes.total() - outcomes.shed();
          double rank = percent / 100 * notRefused;
          long answered = admitted.getTotalCount();
          yield answered == 0 || rank > answered
              ? Double.POSITIVE_INFINITY
              : admitted.getValueAtPercentile(100 * rank / answered);
        }
      };
    }

    private static double share(long part, Outcomes all) {
      return all.total() == 0 ? Double.NaN : (double) part / all.total();
    }

    /** True for a percentile that cannot be told from the machine's own. */
    private boolean within(Floor floor, double value) {
      return kind == Kind.PERCENTILE
          && Double.isFinite(value)
          && floor.covers(PERCENTILES.getOrDefault(name, Latency::p99), (long) value);
    }

    private String shown(double value) {
      return kind != Kind.PERCENTILE
          ? Numbers.percent(value)
          : Double.isFinite(value) ? Numbers.millis((long) value) + " ms" : "no answer";
    }
  }

  /**
   * A term held against what was measured.
   *
   * @param value with its unit
   * @param machine whether it is a percentile within twice the machine's noise floor
   */
  public record Figure(String term, String value, boolean kept, boolean machine) {}

  /**
   * Reads an objective.
   *
   * @throws SpecException if it cannot be read, or would be kept by a server that answers nobody
   */
  public static Objective of(String text) {
    List<Term> terms = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : text.replace(" ", "").split(",", -1)) {
      Matcher matcher = TERM.matcher(part);
      Term term = matcher.matches() ? term(matcher) : null;
      if (term == null || !names.add(term.name)) {
        throw new SpecException(KEY, text.isBlank() ? "(not given)" : text, RULE);
      }
      terms.add(term);
    }
    if (terms.stream().allMatch(term -> term.kind == Kind.SHED)) {
      throw new SpecException(
          KEY, text, "a percentile or goodput as well: a server that answers nobody sheds nobody");
    }
    return new Objective(text, List.copyOf(terms));
  }

  private static Term term(Matcher matcher) {
    if (matcher.group(1) != null) {
      double unit =
          switch (matcher.group(3)) {
            case "us" -> 1;
            case "ms" -> 1e3;
            default -> 1e6;
          };
      double percent = Double.parseDouble(matcher.group(1).substring(1));
      return new Term(
          matcher.group(1), Kind.PERCENTILE, percent, Double.parseDouble(matcher.group(2)) * unit);
    }
    double share = Double.parseDouble(matcher.group(5)) / 100;
    Kind kind = matcher.group(4).startsWith("shed") ? Kind.SHED : Kind.GOODPUT;
    if (share > 1) {
      throw new SpecException(KEY, matcher.group(), "at most 100%");
    }
    return new Term(kind.name().toLowerCase(Locale.ROOT), kind, 0, share);
  }

  /** So many requests that are not refused every percentile needs, ten of them slower than it. */
  long answersNeeded() {
    return terms.stream().mapToLong(Term::answersNeeded).max().orElse(0);
  }

  /**
   * Holds every term against a window. A percentile that too few requests support is not kept,
   * whatever its value: an objective counts as kept only where that is shown.
   *
   * @param admitted response times of 200s, in microseconds
   * @param floor of the machine
   */
  public List<Figure> figures(Outcomes outcomes, Histogram admitted, Floor floor) {
    return terms.stream().map(term -> figure(term, outcomes, admitted, floor)).toList();
  }

  private static Figure figure(Term term, Outcomes outcomes, Histogram admitted, Floor floor) {
    long notRefused = outcomes.total() - outcomes.shed();
    double value = term.of(outcomes, admitted);
    boolean machine = term.within(floor, value);
    if (notRefused < term.answersNeeded()) {
      String few =
          String.format(
              Locale.ROOT,
              "%s by %d of the %d requests it needs",
              term.shown(value),
              notRefused,
              term.answersNeeded());
      return new Figure(term.name, few, false, machine);
    }
    return new Figure(term.name, term.shown(value), term.holds(value), machine);
  }
}
