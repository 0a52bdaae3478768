package shedlab.bench.advise;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import shedlab.bench.setting.Schema;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** Advice as text for a terminal, which is Markdown too. */
final class AdviceText {
  private static final int SHOWN = 6;

  private final Advice advice;
  private final Question question;
  private final StringBuilder text = new StringBuilder();

  private AdviceText(Advice advice) {
    this.advice = advice;
    this.question = advice.question();
  }

  /** All of it but what only a log has. */
  static String of(Advice advice) {
    AdviceText text = new AdviceText(advice);
    text.service();
    text.recommendation();
    text.limits();
    text.elsewhere();
    return text.text.toString();
  }

  /** What nobody should expect of it. */
  static String caveats() {
    return """

        ## What this does not know

        The server is simulated: cores, workers and the gate, and nothing else. It has no network, no
        garbage collector, no cost of a refusal, no hand-off between threads, and its tasks are CPU time
        alone: waiting for a database is not work of a core. Requests are alike but for their size: no
        priorities, no clients that try again. `make league` compares the strategies in situations with
        these; `make bench` measures on a real server.
        """;
  }

  private void say(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void service() {
    say("# Advice%n");
    say(
        "%s, %s each; tasks of %s ms on average, `%s`; deadline %s ms; clients leave after %s ms.",
        Prose.count(question.cores(), "core"),
        Prose.count(question.settings().get(Schema.WORKERS_PER_CPU), "worker"),
        Numbers.millis(question.time().mean().toNanos() / 1_000),
        question.time().law(),
        question.deadline().toMillis(),
        question.timeout().toMillis());
    say(
        "The cores can do %s/s; %s/s are offered: %sx the capacity.",
        Numbers.rate(question.capacityPerSecond()),
        Numbers.rate(question.ratePerSecond()),
        Numbers.fixed(question.load(), 2));
    if (!question.time().origin().isEmpty()) {
      say("%s", question.time().origin());
    }
  }

  private void recommendation() {
    Candidate best = advice.recommended();
    say("%n## 1. Use this%n%n    %s%n", best.strategy());
    say(
        "It is `%s`, of kind %s. Goodput: %s of the capacity, %s of the requests in time; p99 of the"
            + " admitted: %s ms.",
        best.name(),
        best.contender().kind().word(),
        percent(best.goodput(advice.described())),
        percent(best.goodput(advice.described()) / advice.described().load()),
        Numbers.fixed(best.score(advice.described()).p99Millis(), 0));
    if (!advice.others().isEmpty()) {
      Advice.Other next = advice.others().get(0);
      say(
          "The next is `%s`: %s points of the capacity, %s.",
          next.candidate().name(), next.margin().text(), next.margin().verdict().title());
    }
    advice.others().stream()
        .filter(other -> other.margin().verdict() == Verdict.WORSE)
        .findFirst()
        .filter(other -> !other.equals(advice.others().get(0)))
        .ifPresent(
            other ->
                say(
                    "The first that is worse is `%s`: %s points.",
                    other.candidate().name(), other.margin().text()));
    say(
        "Of %s, %s: %d simulated runs each, with the same arrivals for all; differences below %s point"
            + " do not count. Of those that are no worse than that, it loses least in section 2.%n",
        Prose.count(advice.others().size(), "other"),
        verdicts(),
        advice.described().situation().seeds(),
        Numbers.plain(100 * Margin.PRECISION));
    table();
    if (advice.screened() > 0) {
      say(
          "%nAfter a first look of a few simulated seconds, %d strategies that lost more were left out.",
          advice.screened());
    }
  }

  private String verdicts() {
    Map<Verdict, Long> counts =
        advice.others().stream()
            .collect(
                groupingBy(
                    other -> other.margin().verdict(),
                    () -> new EnumMap<>(Verdict.class),
                    counting()));
    List<String> words = new ArrayList<>();
    counts.forEach((verdict, count) -> words.add(count + " " + verdict.title()));
    return Prose.list(words);
  }

  private void table() {
    say(
        "| name | strategy | goodput, %% of the capacity | from the advised, points [95 %%] | verdict | p99"
            + " of the admitted, ms | greatest loss in section 2, points |");
    say("|---|---|---:|---:|---|---:|---:|");
    row(advice.recommended(), "", "advised");
    List<Advice.Other> others = advice.others();
    for (int i = 0; i < others.size(); i++) {
      boolean control = others.get(i).candidate().strategy().equals("none");
      if (i < SHOWN || control) {
        Margin margin = others.get(i).margin();
        row(others.get(i).candidate(), margin.text(), margin.verdict().title());
      }
    }
  }

  private void row(Candidate candidate, String margin, String verdict) {
    say(
        "| %s | `%s` | %s | %s | %s | %s | %s |",
        candidate.name(),
        candidate.strategy(),
        Numbers.fixed(100 * candidate.goodput(advice.described()), 1),
        margin,
        verdict,
        Numbers.fixed(candidate.score(advice.described()).p99Millis(), 0),
        Numbers.fixed(advice.worstLoss(candidate), 1));
  }

  private void limits() {
    say("%n## 2. Where it breaks%n");
    say(
        "The same settings, and one thing changed. What it loses there, to the strategy that does best"
            + " there with settings for the service as described:%n");
    say("| changed | load | goodput, %% of the capacity | loses, points [95 %%] | to |");
    say("|---|---:|---:|---:|---|");
    List<Advice.Loss> losses = advice.losses(advice.recommended());
    for (Advice.Loss loss : losses) {
      boolean itself = loss.best().equals(advice.recommended());
      say(
          "| %s | %s | %s | %s | %s |",
          loss.trial().name(),
          Numbers.fixed(loss.trial().load(), 2) + "x",
          Numbers.fixed(100 * advice.recommended().goodput(loss.trial()), 1),
          itself ? "0" : loss.margin().loss(),
          itself ? "nobody" : loss.best().name());
    }
    losses.stream()
        .min(Comparator.comparingDouble(loss -> loss.margin().points()))
        .filter(loss -> loss.margin().points() < 0)
        .ifPresent(
            loss ->
                say(
                    "%nIt loses most with %s: %s points.",
                    loss.trial().name(), Numbers.fixed(-loss.margin().points(), 1)));
  }

  private void elsewhere() {
    String strategy = advice.recommended().strategy();
    Optional<Rule> own = Rule.of(strategy);
    Rule plain = own.filter(Rule::plain).or(advice::plainRule).orElseGet(this::semaphore);
    boolean exact = own.equals(Optional.of(plain));
    boolean lifo = own.filter(rule -> rule.order().equals(Rule.LIFO)).isPresent();
    say("%n## 3. The same settings elsewhere%n");
    if (!exact) {
      say(
          "Most other products have a constant limit and a plain queue at most. For them, the best of"
              + " these is written out: `%s`.%n",
          plain.strategy());
    }
    List<Translation> all = new ArrayList<>();
    all.add(Adaptive.library(strategy));
    all.add(Adaptive.netflix(strategy, lifo ? own.orElseThrow() : plain, exact || lifo));
    Adaptive.envoy(strategy).ifPresent(all::add);
    String order = exact ? "" : own.map(Rule::order).orElse("");
    all.addAll(new Elsewhere(plain, exact, order, question).all());
    for (Translation each : all) {
      say("### %s%n", each.product());
      say("%s%s%n", each.remark(), simulated(each));
      say("%s%n", each.code().indent(4).stripTrailing());
    }
  }

  private String simulated(Translation translation) {
    if (translation.does().isEmpty()) {
      return "";
    }
    Margin margin = advice.margin(translation.does());
    return String.format(
        " Simulated as `%s`: %s points, %s.",
        translation.does(), margin.text(), margin.verdict().title());
  }

  /** In case that nobody has a constant limit: as many requests as cores. */
  private Rule semaphore() {
    return new Rule(question.cores(), "", 0, Duration.ZERO);
  }

  private static String percent(double share) {
    return Numbers.percent(share);
  }
}
