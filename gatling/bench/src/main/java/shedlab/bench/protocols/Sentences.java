package shedlab.bench.protocols;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import shedlab.bench.outside.Ratio;

/**
 * What the ratios say, by rule: a difference is claimed if the whole interval lies on one side of
 * 1.
 */
record Sentences(Results results, List<String> servers) {
  /** What TLS and HTTP/2 add to the cost of a 429. */
  List<String> protocols() {
    List<String> sentences = new ArrayList<>();
    for (boolean kept : new boolean[] {true, false}) {
      Asked clear = new Asked(Protocol.HTTP, Answer.STATUS, kept);
      for (Protocol protocol : List.of(Protocol.HTTPS, Protocol.H2)) {
        sentences.add(
            sentence(
                "A `429` over " + protocol.words() + ", compared with one in clear, " + over(kept),
                clear.over(protocol),
                clear));
      }
    }
    return sentences;
  }

  /** Whether a reset is cheaper than a 429. */
  List<String> resets() {
    List<String> sentences = new ArrayList<>();
    for (boolean kept : new boolean[] {true, false}) {
      Asked reset = new Asked(Protocol.H2, Answer.RESET, kept);
      sentences.add(
          sentence(
              "RST_STREAM, compared with a `429` over " + Protocol.H2.words() + ", " + over(kept),
              reset,
              reset.with(Answer.STATUS)));
    }
    return sentences;
  }

  /** What is saved by a refusal before the handshake. */
  List<String> closes() {
    List<String> sentences = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      Asked close = new Asked(protocol, Answer.CLOSE, false);
      sentences.add(
          sentence(
              "Closing at once, compared with a `429`, " + protocol.words() + ", " + over(false),
              close,
              close.with(Answer.STATUS)));
    }
    return sentences;
  }

  private static String over(boolean kept) {
    return kept ? "kept connections" : "new connections";
  }

  private String sentence(String begin, Asked first, Asked second) {
    List<String> parts = new ArrayList<>();
    add(parts, "more refusals per CPU second on ", first, second, r -> known(r) && r.low() > 1);
    add(parts, "fewer refusals per CPU second on ", first, second, r -> known(r) && r.high() < 1);
    add(
        parts,
        "no difference shown on ",
        first,
        second,
        r -> known(r) && r.low() <= 1 && r.high() >= 1);
    add(parts, "one block, and so no interval, on ", first, second, r -> r.blocks() == 1);
    add(parts, "not measured on ", first, second, r -> r.blocks() == 0);
    return begin + ": " + String.join("; ", parts) + ".";
  }

  private static boolean known(Ratio ratio) {
    return ratio.blocks() > 1;
  }

  private void add(
      List<String> parts, String begin, Asked first, Asked second, Predicate<Ratio> which) {
    List<String> names = new ArrayList<>();
    for (String server : servers) {
      Ratio ratio = results.forCpu(server, first, second);
      if (which.test(ratio)) {
        names.add(ratio.blocks() == 0 ? server : server + " (" + ratio.text() + ")");
      }
    }
    if (!names.isEmpty()) {
      parts.add(begin + listed(names));
    }
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
