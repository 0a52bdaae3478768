package shedlab.bench.experiment;

import shedlab.report.result.CellKey;
import shedlab.report.result.Condition;

/**
 * One measurement: one server under one strategy in one variant at one offered load, once.
 *
 * @param id unique in the run; the folder of its raw files
 * @param strategy canonical text
 * @param variant empty for the plain way
 * @param load multiple of the server's capacity
 * @param repeat from 1
 */
public record Cell(
    String id, String server, String strategy, String variant, double load, int repeat) {
  private static final int MOST_LETTERS = 60;

  /** A server's name as part of a file's: that of a target may be an address. */
  public static String slug(String server) {
    String plain = server.replaceAll("[^A-Za-z0-9.-]+", "-");
    return plain.equals(server) && plain.length() <= MOST_LETTERS
        ? plain
        : plain.substring(0, Math.min(MOST_LETTERS, plain.length()))
            + "-"
            + Integer.toHexString(server.hashCode()); // two addresses may have the same letters
  }

  /** What it has in common with its repeats. */
  public Condition condition() {
    return new Condition(server, strategy, variant, load);
  }

  /** Its key in the results: which attempt it was, and its place in the order of measurement. */
  public CellKey key(int attempt, int order) {
    return new CellKey(id, server, strategy, variant, load, repeat, attempt, order);
  }
}
