package shedlab.report.league;

/**
 * A contender's goodput in a situation, simulated and on a real server, in capacities.
 *
 * @param measured mean over the blocks
 * @param low lower end of its 95 % interval; NaN with a single block
 * @param high upper end
 * @param why what explains a disagreement; empty if there is none or it is open
 */
public record RealScore(
    String contender,
    String situation,
    double load,
    double taskMillis,
    double deadlineMillis,
    double simulated,
    double measured,
    double low,
    double high,
    String why) {}
