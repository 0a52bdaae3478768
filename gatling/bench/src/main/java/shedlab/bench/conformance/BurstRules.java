package shedlab.bench.conformance;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import shedlab.bench.conformance.Burst.Reply;
import shedlab.bench.conformance.raw.Answer;

/** Many requests at once, more than a target can do in time. */
final class BurstRules {
  private static final String NOTHING_SHED = "nothing was shed";

  private BurstRules() {}

  static Verdict answered(Tried target) throws IOException {
    Burst burst = target.burst();
    List<Reply> unanswered = burst.unanswered();
    String of = " of " + burst.replies().size();
    return unanswered.isEmpty()
        ? Verdict.holds("all" + of + ", with " + burst.units() + " units each")
        : Verdict.broken(
            unanswered.size() + of + ": " + unanswered.get(0).shown(), "an answer to each");
  }

  static Verdict statuses(Tried target) throws IOException {
    Burst burst = target.burst();
    List<Reply> others =
        those(burst.replies(), answer -> answer.status() != 200 && !target.refuses(answer));
    String counts = burst.done().size() + " times 200, " + burst.refused().size() + " refusals";
    return others.isEmpty()
        ? Verdict.holds(counts)
        : Verdict.broken(
            counts + ", " + others.size() + " others: " + others.get(0).shown(),
            "200, or " + target.refusal() + " to say no");
  }

  /** A refusal that comes as a 200 is found here: it cannot have the checksum. */
  static Verdict checksums(Tried target) throws IOException {
    Burst burst = target.burst();
    if (burst.done().isEmpty()) {
      return Verdict.moot("nothing was answered with 200");
    }
    if (!target.checksWork()) {
      return Verdict.moot(
          target.paths().checked() ? "checksums are wrong alone, too" : WorkRules.OTHER_WORK);
    }
    List<Reply> wrong = those(burst.done(), answer -> !target.isDone(answer, burst.units()));
    String of = " of " + burst.done().size();
    return wrong.isEmpty()
        ? Verdict.holds("all" + of)
        : Verdict.broken(
            wrong.size() + of + ": " + wrong.get(0).shown(),
            target.done(burst.units()) + ", or " + target.refusal() + " to say no");
  }

  private static List<Reply> those(List<Reply> replies, Predicate<Answer> condition) {
    return replies.stream()
        .filter(reply -> reply.answer() != null && condition.test(reply.answer()))
        .toList();
  }

  /** Most of the refusals: a target may well answer a few behind the last 200. */
  static Verdict duringWork(Tried target) throws IOException {
    Burst burst = target.burst();
    if (burst.refused().isEmpty()) {
      return Verdict.moot(NOTHING_SHED);
    }
    if (burst.done().isEmpty()) {
      return Verdict.moot("no work was done during the burst");
    }
    List<Long> times = burst.refused().stream().map(Reply::nanos).sorted().toList();
    long median = times.get(times.size() / 2);
    return Verdict.of(
        median < burst.worked(),
        "half of the refusals came within "
            + WorkRules.millis(median)
            + ", the last work ended after "
            + WorkRules.millis(burst.worked()),
        "refusals before that");
  }

  static Verdict servesAfter(Tried target) throws IOException {
    target.burst();
    return WorkRules.done(target, 100);
  }

  static Verdict shedsInPart(Tried target) throws IOException {
    Burst burst = target.burst();
    int shed = burst.refused().size();
    String found = (shed == 0 ? "none" : shed) + " of " + burst.replies().size() + " were shed";
    return Verdict.of(
        shed > 0 && !burst.done().isEmpty(), found, "some, and some answered with 200");
  }

  static Verdict healthDuring(Tried target) throws IOException {
    Burst burst = target.burst();
    Reply health = burst.health();
    String found = health.shown() + " after " + WorkRules.millis(health.nanos());
    String work = WorkRules.millis(burst.worked());
    return Verdict.of(
        health.isDone()
            && health.nanos() < Math.max(burst.worked(), target.bounds().task().toNanos()),
        found,
        "200 before the work of the burst is done, after " + work);
  }

  static Verdict keepsConnections(Tried target) throws IOException {
    List<Reply> refused = target.burst().refused();
    return ofRefusals(refused, Answer::kept, "keep the connection", "each of them");
  }

  static Verdict retryAfter(Tried target) throws IOException {
    return ofRefusals(
        target.burst().refused(),
        answer -> answer.header("Retry-After").matches("\\d{1,9}|[A-Z][a-z]{2}, .* GMT"),
        "have a Retry-After",
        "each of them, in seconds or as a date");
  }

  static Verdict reason(Tried target) throws IOException {
    return ofRefusals(
        target.burst().refused(),
        answer -> !answer.header("Shedlab-Reason").isEmpty(),
        "have a Shedlab-Reason",
        "each of them");
  }

  private static Verdict ofRefusals(
      List<Reply> refused, Predicate<Answer> right, String what, String expected) {
    if (refused.isEmpty()) {
      return Verdict.moot(NOTHING_SHED);
    }
    int count = those(refused, right).size();
    return Verdict.of(
        count == refused.size(), count + " of " + refused.size() + " refusals " + what, expected);
  }
}
