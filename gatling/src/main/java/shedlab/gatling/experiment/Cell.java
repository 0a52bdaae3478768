package shedlab.gatling.experiment;

import java.util.List;
import shedlab.policer.RejectAllPolicer;

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

  /** True of the reference that admits nobody: no work is done, so the server has time to spare. */
  static boolean admitsNobody(String strategy) {
    return List.of(strategy.split("\\+")).contains(RejectAllPolicer.DEFINITION.name());
  }
}
