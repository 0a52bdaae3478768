package shedlab.report.result;

import java.util.regex.Pattern;
import shedlab.spec.SpecException;

/**
 * The key of a cell: one server under one strategy at one offered load, once.
 *
 * @param id folder of the raw files below {@code cells/}, unique in the run
 * @param strategy canonical text
 * @param variant name of the variant; {@code ""} for the plain one
 * @param load offered load as a multiple of the server's capacity
 * @param repeat from 1
 * @param attempt 2 if this one replaces an invalid first attempt
 * @param order position in the order of measurement, from 1
 */
public record CellKey(
    String id,
    String server,
    String strategy,
    String variant,
    double load,
    int repeat,
    int attempt,
    int order) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._+-]*");

  /** Throws {@link SpecException}. */
  public CellKey {
    checkId(id);
    SpecException.check(load > 0 && Double.isFinite(load), "load", load, "above 0");
    SpecException.check(repeat >= 1, "repeat", repeat, "1 or more");
    SpecException.check(attempt >= 1, "attempt", attempt, "1 or more");
  }

  static void checkId(String id) {
    SpecException.check(ID.matcher(id).matches(), "id", id, "a plain file name");
  }

  /** The same for every attempt at one cell, and for no other cell. */
  CellKey subject() {
    return new CellKey("-", server, strategy, variant, load, repeat, 1, 0);
  }
}
