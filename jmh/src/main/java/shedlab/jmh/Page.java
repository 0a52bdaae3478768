package shedlab.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shedlab.jmh.Measurements.Forks;
import shedlab.jmh.Ratio.Verdict;

/** The report of a run, in Markdown: the same bytes for the same measurements. */
final class Page {
  /** One thing that is measured: its label for readers and its name in {@link Measurements}. */
  record Contender(String label, String name) {}

  /** Ours and the peer that it is compared with. The list was fixed before the figures. */
  record Comparison(Contender ours, Contender other) {}

  static final int[] THREADS = {1, 2};

  private static final Contender CLOCK = peer("`System.nanoTime()`", "nanoTime");
  private static final Contender UNTIMED =
      new Contender("`fixed:limit=20`, no clock", "DecisionBenchmark.untimed");
  private static final Contender SEMAPHORE = peer("`j.u.c.Semaphore`", "semaphore");
  private static final String DUTIES = "`j.u.c.Semaphore` with the gate's duties";
  private static final String[][] LIMITS = {
    {"fixed:limit=20", "fixed", "FixedLimit"},
    {"aimd", "aimd", "AIMDLimit"},
    {"vegas", "vegas", "VegasLimit"},
    {"gradient2", "gradient2", "Gradient2Limit"}
  };
  private static final Comparison CONTROL =
      new Comparison(peer("`j.u.c.Semaphore`, again", "semaphoreAgain"), SEMAPHORE);

  static final List<Comparison> ADMISSIONS = admissions();
  static final List<Comparison> REFUSALS = refusals();

  /** What a policy may ask of its host. */
  static final List<Contender> SIGNALS =
      List.of(
          signal("CPU time of a request: two readings of a thread's clock", "requestCpu"),
          signal("admit and leave, behind a policer", "start NOTHING"),
          signal("the same, told when the work starts", "start START"),
          signal("the same, and the runnable are counted", "start COUNTED"),
          signal("CPU time of the process, once per period", "processCpu"));

  static final Contender WAKE_UP = signal("wake-ups", "wakeUp");

  private final Measurements measured;

  Page(Measurements measured) {
    this.measured = measured;
  }

  private static Contender ours(String method, String strategy) {
    return new Contender("`" + strategy + "`", "DecisionBenchmark." + method + " " + strategy);
  }

  private static Contender peer(String label, String method) {
    return new Contender(label, "PeerBenchmark." + method);
  }

  private static Contender signal(String label, String method) {
    return new Contender(label, "SignalBenchmark." + method);
  }

  private static List<Comparison> admissions() {
    List<Comparison> all = new ArrayList<>();
    for (String[] limit : LIMITS) {
      Contender peer = peer("Netflix `" + limit[2] + "`", "netflix " + limit[1]);
      all.add(new Comparison(ours("admitAndLeave", limit[0]), peer));
      all.add(new Comparison(ours("admitAndLeave", limit[0] + "+fifo:capacity=16"), peer));
    }
    // These measure no time, so ours is compared with its clock and with a clock that stands still.
    for (Contender fixed : List.of(all.get(0).ours, UNTIMED)) {
      all.add(new Comparison(fixed, peer("Resilience4j `Bulkhead`", "resilience4j")));
      all.add(new Comparison(fixed, peer("Failsafe `Bulkhead`", "failsafe")));
      all.add(new Comparison(fixed, SEMAPHORE));
    }
    // And with a semaphore that has the same duties; with one that has only the dearest of them.
    all.add(new Comparison(all.get(0).ours, peer(DUTIES, "semaphoreWithDuties")));
    all.add(new Comparison(UNTIMED, peer(DUTIES + ", no clock", "semaphoreWithDutiesUntimed")));
    all.add(
        new Comparison(UNTIMED, peer("`j.u.c.Semaphore`, released once", "semaphoreReleasedOnce")));
    // What our own strategy costs more than a permit a core with a queue.
    Contender queue = ours("admitAndLeave", "fixed:limit=20+fifo:capacity=16");
    Contender own = ours("admitAndLeave", "on-time:cores=20");
    all.add(new Comparison(own, queue));
    all.add(new Comparison(own, peer("Netflix `Gradient2Limit`", "netflix gradient2")));
    return List.copyOf(all);
  }

  private static List<Comparison> refusals() {
    List<Comparison> all = new ArrayList<>();
    for (String[] limit : LIMITS) {
      all.add(new Comparison(ours("refusal", limit[0]), CLOCK));
    }
    String full = "fixed:limit=20+fifo:capacity=16,timeout=1000min";
    all.add(new Comparison(ours("refusal", full), CLOCK));
    Contender fixed = all.get(0).ours;
    all.add(new Comparison(fixed, peer("Netflix `SimpleLimiter`", "netflixRefusal")));
    all.add(new Comparison(fixed, peer("Resilience4j `Bulkhead`", "resilience4jRefusal")));
    all.add(new Comparison(fixed, peer("Failsafe `Bulkhead`", "failsafeRefusal")));
    all.add(new Comparison(fixed, peer("`j.u.c.Semaphore`", "semaphoreRefusal")));
    all.add(new Comparison(fixed, peer("`j.u.c.Semaphore`, counted", "semaphoreRefusalCounted")));
    return List.copyOf(all);
  }

  /** True if there are enough rounds for an interval. */
  boolean isEvidence() {
    return Ratio.outermost(measured.rounds()) > 0;
  }

  /** All of it, with a title. */
  String markdown() {
    return "# What a decision costs\n\n" + section() + linearity();
  }

  /** Without title: what jmh/README.md has between its marks. */
  String section() {
    StringBuilder page = new StringBuilder();
    if (isEvidence()) {
      page.append(summary());
    } else {
      page.append("**Not evidence:** an interval takes six rounds.\n");
    }
    page.append("\nAdmit and leave, with room for all:\n\n");
    costs(page, sides(ADMISSIONS));
    page.append("\nRefuse, with every permit and every place to wait taken:\n\n");
    costs(page, sides(REFUSALS));
    signals(page);
    page.append("\nOurs over the other, in the same round: median and interval of the ratio.\n\n");
    page.append("| | beside | 1 thread | 2 threads |\n|---|---|---:|---:|\n");
    page.append("| **admit and leave** | | | |\n");
    ADMISSIONS.forEach(comparison -> compare(page, comparison));
    page.append("| **refuse** | | | |\n");
    REFUSALS.forEach(comparison -> compare(page, comparison));
    page.append("| **control** | | | |\n");
    compare(page, CONTROL);
    page.append(
        String.format(
            Locale.ROOT,
            "\n%d %s; %s.\n",
            measured.rounds(),
            measured.rounds() == 1 ? "round" : "rounds",
            measured.circumstances()));
    return page.toString();
  }

  private String summary() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Comparison comparison : Stream.concat(ADMISSIONS.stream(), REFUSALS.stream()).toList()) {
      for (int threads : THREADS) {
        Ratio ratio = ratio(comparison, threads);
        if (ratio != null) {
          counts.merge(ratio.verdict(), 1, Integer::sum);
        }
      }
    }
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return String.format(
        Locale.ROOT,
        "Of %d comparisons, ours is below the other in %d, level in %d, above in %d, open in %d.\n",
        all,
        counts.getOrDefault(Verdict.BELOW, 0),
        counts.getOrDefault(Verdict.LEVEL, 0),
        counts.getOrDefault(Verdict.ABOVE, 0),
        counts.getOrDefault(Verdict.OPEN, 0));
  }

  /** All of ours, then all others. */
  private static Set<Contender> sides(List<Comparison> comparisons) {
    Set<Contender> rows = new LinkedHashSet<>();
    comparisons.forEach(comparison -> rows.add(comparison.ours));
    comparisons.forEach(comparison -> rows.add(comparison.other));
    return rows;
  }

  /** Nothing in a run that is older than these benchmarks. */
  private void signals(StringBuilder page) {
    if (SIGNALS.stream().anyMatch(this::isMeasured)) {
      page.append("\nWhat a policy may ask of its host, on one thread:\n\n");
      page.append("| | ns | B/op |\n|---|---:|---:|\n");
      SIGNALS.forEach(signal -> cost(page, signal, 1));
    }
    Forks wakeUps = measured.of(WAKE_UP.name, 1);
    if (wakeUps != null) {
      page.append("\nThe thread that measures how late it wakes takes ");
      page.append(decimals(2, 100 * median(wakeUps.cpuShares()))).append(" % of a CPU.\n");
    }
  }

  private void costs(StringBuilder page, Set<Contender> rows) {
    page.append("| | ns, 1 thread | ns, 2 threads | B/op |\n|---|---:|---:|---:|\n");
    rows.forEach(row -> cost(page, row, THREADS));
  }

  private void cost(StringBuilder page, Contender row, int... numbersOfThreads) {
    if (!isMeasured(row)) {
      return;
    }
    page.append("| ").append(row.label);
    for (int threads : numbersOfThreads) {
      Forks forks = measured.of(row.name, threads);
      page.append(" | ").append(forks == null ? "-" : decimals(1, median(forks.nanos())));
    }
    page.append(" | ").append(bytes(row)).append(" |\n");
  }

  /** The greater of those with one and with two threads. */
  private String bytes(Contender row) {
    return Arrays.stream(THREADS)
        .mapToObj(threads -> measured.of(row.name, threads))
        .filter(Objects::nonNull)
        .mapToDouble(forks -> median(forks.bytes()))
        .max()
        .stream()
        .mapToObj(bytes -> decimals(2, bytes))
        .findFirst()
        .orElse("-");
  }

  /** False in a run that is older than this benchmark. */
  private boolean isMeasured(Contender contender) {
    return Arrays.stream(THREADS).anyMatch(n -> measured.of(contender.name, n) != null);
  }

  private void compare(StringBuilder page, Comparison comparison) {
    if (!isMeasured(comparison.ours) || !isMeasured(comparison.other)) {
      return;
    }
    page.append("| ").append(comparison.ours.label).append(" | ").append(comparison.other.label);
    for (int threads : THREADS) {
      Ratio ratio = ratio(comparison, threads);
      page.append(" | ").append(ratio == null ? "-" : words(ratio));
    }
    page.append(" |\n");
  }

  private @Nullable Ratio ratio(Comparison comparison, int threads) {
    Forks ours = measured.of(comparison.ours.name, threads);
    Forks other = measured.of(comparison.other.name, threads);
    return ours == null || other == null ? null : Ratio.of(ours.nanos(), other.nanos());
  }

  private static String words(Ratio ratio) {
    if (Double.isNaN(ratio.low())) {
      return decimals(2, ratio.median());
    }
    String verdict = ratio.verdict().toString().toLowerCase(Locale.ROOT);
    return decimals(2, ratio.median())
        + " ("
        + decimals(2, ratio.low())
        + "–"
        + decimals(2, ratio.high())
        + ") "
        + (ratio.verdict().meetsTheBar() ? verdict : "**" + verdict + "**");
  }

  /** Whether the CPU task is linear in its units: then they all cost the same. */
  private String linearity() {
    StringBuilder text = new StringBuilder();
    for (int units : new int[] {1, 30, 1000}) {
      Forks forks = measured.of("CpuTaskBenchmark.run " + units, 1);
      if (forks != null) {
        String perUnit = decimals(1, median(forks.nanos()) / units);
        text.append(text.isEmpty() ? "CPU task, ns per unit: " : ", ");
        text.append(perUnit).append(" (of ").append(units).append(')');
      }
    }
    return text.isEmpty() ? "" : text.append(".\n").toString();
  }

  private static double median(List<Double> values) {
    return Measurements.median(values);
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
