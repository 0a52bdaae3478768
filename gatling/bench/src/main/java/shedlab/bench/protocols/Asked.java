package shedlab.bench.protocols;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured.
 *
 * @param kept whether connections are kept; otherwise each request has its own
 */
record Asked(Protocol protocol, Answer answer, boolean kept) {
  /** Every combination that makes sense, in the order of the tables. */
  static List<Asked> all(boolean kept) {
    List<Asked> all = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (Answer answer : Answer.values()) {
        all.add(new Asked(protocol, answer, kept));
      }
    }
    return all.stream().filter(Asked::makesSense).toList();
  }

  /** Whether a server can do it, and it is no other combination under another name. */
  boolean makesSense() {
    return switch (answer) {
      case PLAIN, STATUS -> true;
      case RESET -> protocol == Protocol.H2;
      case CLOSE -> !kept;
    };
  }

  /** Why the others are left out, one sentence each. */
  static List<String> leftOut() {
    return List.of(
        "`reset` over `http` and `https`: HTTP/1.1 has no streams, and the servers refuse the"
            + " option.",
        "`connection` over kept connections: a connection that is open gets a `429` as before.");
  }

  /** The same with another answer. */
  Asked with(Answer other) {
    return new Asked(protocol, other, kept);
  }

  /** The same over another protocol. */
  Asked over(Protocol other) {
    return new Asked(other, answer, kept);
  }

  /** {@code kept} or {@code new}. */
  String connections() {
    return kept ? "kept" : "new";
  }

  /** {@code h2, reset, kept}. */
  String words() {
    return String.join(", ", protocol.option(), answer.option(), connections());
  }
}
