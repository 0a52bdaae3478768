package shedlab.report.finding;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.network.NetworkWords;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * Threats to validity that apply to this plan: what could make the figures wrong, or true only
 * here.
 */
public final class Threats {
  private Threats() {}

  /** Those of a run. */
  public static List<String> of(
      Manifest plan, FloorWords floor, NetworkWords network, List<CellResult> cells) {
    var threats = new ArrayList<String>();
    if (!plan.purpose().evidence()) {
      threats.add(
          "This is the "
              + plan.purpose().profile()
              + " profile: it shows that everything works, not which"
              + " strategy is better.");
    }
    threats.add(place(plan.setUp()));
    threats.add(
        "Few cores: results for "
            + Prose.count(plan.setUp().workers(), "worker")
            + " and "
            + Prose.count(plan.setUp().ioThreads(), "I/O thread")
            + " need not hold for more. Compare strategies; do not rely on absolute figures.");
    threats.add(
        "A virtual machine shares its host. The check of steal time catches lost CPU time, not a"
            + " neighbour in the cache or a changing clock rate.");
    floor.threat().forEach(threats::add);
    network.threat().forEach(threats::add);
    threats.addAll(NotKnown.of(cells));
    threats.add(
        (plan.setUp().onMachines()
                ? "One set of machines, one JDK"
                : "One machine, one JDK, one kernel")
            + ": this run does not show whether the result holds on others.");
    if (plan.grid().freshServer().equals("strategy")) {
      threats.add(
          "All loads of a strategy run on one server, in rising order: a cell may inherit the heap"
              + " and the compiled code of the cell before.");
    }
    if (plan.grid().freshServer().equals("block")) {
      threats.add(
          "All strategies of a block run on one server, in an order drawn anew for each block: a cell"
              + " may inherit the heap and the compiled code of the cell before.");
    }
    threats.add(
        "Windows of "
            + Numbers.plain(plan.load().measureSeconds())
            + " s are short: slow oscillations and collector cycles may be seen partly or not at"
            + " all.");
    if (plan.grid().repeats() < 5) {
      threats.add(
          plan.grid().repeats() < 2
              ? "One run of each cell says nothing about the spread between runs."
              : plan.grid().repeats()
                  + " runs of each cell say little about the spread between runs.");
    }
    threats.add(
        "A 99th percentile is quoted only if every run behind it has at least 1000 samples; the"
            + " others are greyed and starred (few samples).");
    if (plan.setUp().host().equals("processes")) {
      threats.add(
          "The servers ran as local processes, pinned to their CPUs, and not in containers.");
    }
    return List.copyOf(threats);
  }

  private static String place(Manifest.SetUp setUp) {
    return setUp.onMachines()
        ? "Server and load generators ran on the machines that the environment lists. The network"
            + " between them is part of every response time; what it adds was not measured."
        : "Client and server ran on one machine: the server on CPUs `"
            + setUp.serverCpus()
            + "`, the load generator on `"
            + setUp.injectorCpus()
            + "`. They share memory bandwidth, caches and the kernel, and there is no real network"
            + " between them.";
  }
}
