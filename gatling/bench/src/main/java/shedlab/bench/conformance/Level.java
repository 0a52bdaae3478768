package shedlab.bench.conformance;

import java.util.Locale;

/** What a rule is for. */
enum Level {
  /** Without it a target cannot be measured. */
  NECESSARY,
  /** Without it a report knows less. */
  USEFUL,
  /** Without it a target suffers from clients that misbehave. */
  ROBUST;

  /** The word in the output and in the document. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
