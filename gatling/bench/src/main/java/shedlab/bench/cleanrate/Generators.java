package shedlab.bench.cleanrate;

import java.util.List;
import shedlab.bench.host.CpuSplit;
import shedlab.report.text.Prose;

/**
 * The load generators of a measurement.
 *
 * @param number how many play each load together
 * @param flags further flags of their JVMs; none if they are as runs start them
 */
record Generators(int number, List<String> flags) {
  Generators {
    flags = List.copyOf(flags);
  }

  /** As runs start them. */
  static Generators asRuns(int number) {
    return new Generators(number, List.of());
  }

  /** Each on CPUs of its own as far as they go round, else all on all of them. */
  CpuSplit on(CpuSplit machine) {
    return number <= machine.injector().size() ? machine.among(number) : machine.sharedBy(number);
  }

  /** The further flags as they are typed. */
  String flagText() {
    return String.join(" ", flags);
  }

  /** {@code 2 load generators}, and with which flags. */
  String words() {
    String count = Prose.count(number, "load generator");
    return flags.isEmpty() ? count : count + " with " + flagText();
  }
}
