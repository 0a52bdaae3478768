package shedlab.bench.conformance;

import java.io.IOException;
import java.util.List;
import shedlab.bench.conformance.raw.Answer;

/** What a target tells about itself: its counts, and how a request fared. */
final class TellingRules {
  private static final List<String> FARED =
      List.of("Shedlab-Queue-Delay", "Shedlab-Service-Time", "Shedlab-Limit", "Shedlab-Inflight");
  private static final String NONE = "its metrics are none";

  private TellingRules() {}

  static Verdict metrics(Tried target) throws IOException {
    if (!target.hasMetrics()) {
      return Verdict.notKnown(NONE);
    }
    List<String> missing = target.metrics().missing();
    return Verdict.of(
        missing.isEmpty(),
        target.paths().metrics()
            + (missing.isEmpty() ? " has them" : " without " + String.join(", ", missing)),
        "them in Prometheus text");
  }

  static Verdict counts(Tried target) throws IOException {
    if (!target.hasMetrics()) {
      return Verdict.moot(NONE);
    }
    Burst burst = target.burst();
    Counts counted = burst.counted();
    if (counted == null) {
      return Verdict.moot("its metrics cannot be read");
    }
    if (!burst.unanswered().isEmpty()) {
      return Verdict.moot("some requests of the burst were not answered");
    }
    int done = burst.done().size();
    Counts right = new Counts(burst.replies().size(), done, done, burst.refused().size());
    return Verdict.of(counted.equals(right), counted.shown(), right.shown());
  }

  static Verdict fared(Tried target) throws IOException {
    Answer answer = target.askAlone(1);
    List<String> missing = FARED.stream().filter(name -> !isNumber(answer.header(name))).toList();
    return Verdict.of(
        missing.isEmpty(),
        answer.status()
            + (missing.isEmpty() ? " with all" : " without " + String.join(", ", missing)),
        "whole numbers");
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,18}");
  }
}
