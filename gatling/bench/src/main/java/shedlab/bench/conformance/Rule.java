package shedlab.bench.conformance;

import java.io.IOException;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.host.HostException;

/**
 * Something that a target must do, and how to find out whether it does.
 *
 * @param name as in servers/CONTRACT.md
 * @param otherwise what becomes of a run if the target does not keep it; empty if nothing does
 */
record Rule(String name, Level level, Check check, String otherwise) {
  /** Tries a target. */
  @FunctionalInterface
  interface Check {
    /**
     * What came of it.
     *
     * @throws IOException if an answer does not come; then the rule does not hold
     */
    Verdict of(Tried target) throws IOException;
  }

  static Rule necessary(String name, Check check, String otherwise) {
    return new Rule(name, Level.NECESSARY, check, otherwise);
  }

  static Rule useful(String name, Check check, String otherwise) {
    return new Rule(name, Level.USEFUL, check, otherwise);
  }

  /** No run depends on it by itself. */
  static Rule robust(String name, Check check) {
    return new Rule(name, Level.ROBUST, check, "");
  }

  /** Whether a target keeps it. */
  Verdict tryOn(Tried target) {
    try {
      return check.of(target);
    } catch (IOException e) {
      return Verdict.broken(Answer.shown(HostException.reason(e)), "an answer");
    }
  }
}
