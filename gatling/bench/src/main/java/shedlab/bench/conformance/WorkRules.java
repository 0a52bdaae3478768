package shedlab.bench.conformance;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.conformance.raw.Connection;

/** A request that comes alone: health and the work. */
final class WorkRules {
  static final String OTHER_WORK = "its work is not that of the contract";

  private WorkRules() {}

  static Verdict health(Tried target) throws IOException {
    long begin = System.nanoTime();
    Answer answer = target.ask(target.paths().health());
    long nanos = System.nanoTime() - begin;
    return Verdict.of(
        answer.status() == 200,
        target.paths().health() + ": " + answer.shown() + " after " + millis(nanos),
        "200");
  }

  static Verdict answered(Tried target) throws IOException {
    Answer answer = target.askAlone(1);
    boolean known = answer.status() == 200 || target.refuses(answer);
    return Verdict.of(
        known,
        target.work(1) + ": " + answer.shown(),
        "200, or " + target.refusal() + " to say no");
  }

  /** The check of so many units. */
  static Rule.Check checksum(int units) {
    return target -> {
      if (!target.paths().checked()) {
        return Verdict.notKnown(OTHER_WORK);
      }
      Answer answer = target.askAlone(units);
      boolean holds = target.hasChecksum(answer, units);
      if (!holds && answer.status() == 200) {
        target.doesOtherWork();
      }
      String right = Tried.checksum(units);
      return holds
          ? Verdict.holds(answer.shown())
          : Verdict.broken(
              answer.shown() + ", " + size(answer, right),
              "200 " + right.strip() + " and a newline, 17 bytes");
    };
  }

  /** What the message would not show by itself. */
  private static String size(Answer answer, String right) {
    boolean newline = right.equals(answer.body() + "\n");
    return answer.body().length() + " bytes" + (newline ? ": the newline is missing" : "");
  }

  /** Whether so many units are done, with their checksum where that is to be expected. */
  static Verdict done(Tried target, int units) throws IOException {
    Answer answer = target.askAlone(units);
    return Verdict.of(target.isDone(answer, units), answer.shown(), target.done(units));
  }

  static Verdict growth(Tried target) throws IOException {
    if (!target.sized()) {
      return Verdict.notKnown(OTHER_WORK);
    }
    Speed speed = target.speed();
    String found =
        String.format(
            Locale.ROOT,
            "%d units take %s, %d take %s: %.1f times as long",
            speed.units(),
            millis(speed.nanos()),
            speed.units() * Speed.MORE,
            millis(speed.moreNanos()),
            speed.growth());
    return Verdict.of(
        speed.isLinear(),
        found,
        String.format(
            Locale.ROOT,
            "%s or more, and from %.0f to %.0f times as long",
            millis(target.bounds().task().toNanos()),
            Speed.LEAST_GROWTH,
            Speed.MOST_GROWTH));
  }

  static Verdict keptAlive(Tried target) throws IOException {
    try (Connection connection = target.connect()) {
      String health = target.get(target.paths().health());
      connection.send(health).read();
      Answer second = connection.send(health).read();
      return Verdict.of(second.status() == 200, "the second request: " + second.shown(), "200");
    }
  }

  static Verdict withoutUnits(Tried target) throws IOException {
    OptionalInt told = target.taskUnits();
    String work = target.paths().work();
    int query = work.indexOf('?');
    if (told.isEmpty()) {
      return Verdict.moot("this program has not told the target its TASK_UNITS");
    }
    if (query < 0) {
      return Verdict.moot(work + " has no query to leave out");
    }
    String path = work.substring(0, query);
    Answer answer = target.ask(path);
    int units = told.getAsInt();
    return Verdict.of(
        target.isDone(answer, units),
        path + ": " + answer.shown(),
        target.done(units) + " of " + units + " units");
  }

  static Verdict stillServes(Tried target) throws IOException {
    Verdict health = health(target);
    return health.isBroken() ? health : done(target, 100);
  }

  /** A time, for a message. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.1f ms" : "%.0f ms", nanos / 1e6);
  }
}
