package shedlab.bench.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import shedlab.bench.conformance.Verdict.Kind;

/** All rules, tried on one target, one after the other. */
final class Trial {
  private final Tried target;
  private final Consumer<Outcome> told;
  private final long begin = System.nanoTime();
  private final List<Outcome> outcomes = new ArrayList<>();

  /** Why the rules that are left are not tried; empty as long as they are. */
  private String ended = "";

  /** Whether that is because the trial took too long. */
  private boolean outOfTime;

  private Trial(Tried target, Consumer<Outcome> told) {
    this.target = target;
    this.told = told;
  }

  /**
   * What came of a rule.
   *
   * @param verdict whether the target keeps it
   */
  record Outcome(Rule rule, Verdict verdict) {
    boolean is(Level level) {
      return rule.level() == level;
    }

    boolean holds() {
      return verdict.kind() == Kind.HOLDS;
    }

    /** For the console. */
    String line() {
      return String.format(
          "%-14s %-10s %-41s %s",
          verdict.kind(), rule.level().word(), rule.name(), verdict.found());
    }
  }

  /**
   * Tries them.
   *
   * @param told hears of each rule as soon as it has been tried
   */
  static Trial of(Tried target, Consumer<Outcome> told) {
    Trial trial = new Trial(target, told);
    for (Rule rule : Rules.FIRST) {
      if (trial.add(rule).isBroken()) {
        trial.end(rule.name() + " does not hold");
      }
    }
    for (Rule rule : Rules.others()) {
      if (trial.add(rule).isBroken() && !target.isHealthy()) {
        trial.end("the target was not healthy after: " + rule.name());
      }
      if (trial.ended.isEmpty() && trial.isOver()) {
        trial.outOfTime = true;
        trial.end("the " + target.bounds().whole().toSeconds() + " s of a trial are over");
      }
    }
    trial.add(Rules.LAST, trial.outOfTime || trial.ended.isEmpty());
    return trial;
  }

  private Verdict add(Rule rule) {
    return add(rule, ended.isEmpty());
  }

  private Verdict add(Rule rule, boolean due) {
    Verdict verdict = due ? rule.tryOn(target) : Verdict.moot(ended);
    Outcome outcome = new Outcome(rule, verdict);
    outcomes.add(outcome);
    if (due) {
      told.accept(outcome);
    }
    return verdict;
  }

  private void end(String why) {
    if (ended.isEmpty()) {
      ended = "not tried, as " + why;
    }
  }

  private boolean isOver() {
    return System.nanoTime() - begin > target.bounds().whole().toNanos();
  }

  /** All rules, with what came of them. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** Why the last rules were not tried; empty if all were. */
  String ended() {
    return ended;
  }

  /** Whether all was tried, and nothing that is necessary is broken or not known. */
  boolean isMeasurable() {
    return ended.isEmpty() && none(Kind.BROKEN) && none(Kind.NOT_KNOWN);
  }

  /**
   * Whether nothing that is necessary is broken, but something is not known: its time was over, or
   * its work is not that of the contract.
   */
  boolean isUndecided() {
    return none(Kind.BROKEN) && (outOfTime || (ended.isEmpty() && !none(Kind.NOT_KNOWN)));
  }

  private boolean none(Kind kind) {
    return outcomes.stream().noneMatch(o -> o.is(Level.NECESSARY) && o.verdict().kind() == kind);
  }

  /** What becomes of a run with this target, one line each. */
  List<String> consequences() {
    return outcomes.stream()
        .filter(outcome -> !outcome.holds() && outcome.verdict().kind() != Kind.MOOT)
        .filter(outcome -> !outcome.rule().otherwise().isEmpty())
        .map(outcome -> outcome.rule().otherwise())
        .distinct()
        .toList();
  }

  /** How many rules of each level hold. */
  String summary() {
    List<String> parts = new ArrayList<>();
    for (Level level : Level.values()) {
      long of = outcomes.stream().filter(outcome -> outcome.is(level)).count();
      long hold = outcomes.stream().filter(o -> o.is(level) && o.holds()).count();
      parts.add(hold + " of " + of + " " + level.word());
    }
    return String.join(", ", parts) + " rules hold";
  }
}
