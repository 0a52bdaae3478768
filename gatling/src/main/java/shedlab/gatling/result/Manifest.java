package shedlab.gatling.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * {@code plan.json}: what a run set out to do, written before its first second.
 *
 * @param run the folder's name
 * @param question what the experiment asks, in one line
 * @param evidence false if the profile is too short to conclude anything from
 * @param host {@code containers} or {@code processes}
 * @param image the JRE image of the containers; empty for processes
 * @param strategies canonical texts, in the order of the charts
 * @param loads multiples of the capacity, ascending
 * @param freshServer {@code strategy} or {@code cell}: what gets a server of its own
 * @param deadlineMillis a 200 later than this is late
 * @param serverCpus CPU list of the server, as in {@code taskset}
 * @param cells how many cells were planned
 */
public record Manifest(
    int formatVersion,
    String run,
    String experiment,
    String question,
    String profile,
    boolean evidence,
    String host,
    String image,
    List<String> servers,
    List<String> strategies,
    List<Double> loads,
    int repeats,
    String freshServer,
    long deadlineMillis,
    long timeoutMillis,
    double warmUpSeconds,
    double leadInSeconds,
    double measureSeconds,
    int taskUnits,
    int workers,
    int ioThreads,
    int workerNice,
    int compilerNice,
    String serverCpus,
    String injectorCpus,
    long seed,
    int cells) {

  /** The version that this code writes. */
  public static final int FORMAT = 2;

  /** Adds what plans of earlier versions did not have, as it then was. */
  static void upgrade(ObjectNode plan, int version) {
    if (version < 2) {
      plan.put("compilerNice", 0);
    }
    plan.put("formatVersion", FORMAT);
  }

  /**
   * True if both plan the same cells; only the run's name and its measured task size may differ.
   */
  public boolean samePlanAs(Manifest other) {
    return unnamed().equals(other.unnamed());
  }

  private Manifest unnamed() {
    return new Manifest(
        formatVersion,
        "",
        experiment,
        question,
        profile,
        evidence,
        host,
        image,
        servers,
        strategies,
        loads,
        repeats,
        freshServer,
        deadlineMillis,
        timeoutMillis,
        warmUpSeconds,
        leadInSeconds,
        measureSeconds,
        0,
        workers,
        ioThreads,
        workerNice,
        compilerNice,
        serverCpus,
        injectorCpus,
        seed,
        cells);
  }
}
