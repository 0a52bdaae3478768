package shedlab.report.result;

/**
 * The server's own counts in the window of a cell.
 *
 * @param cpuSeconds CPU time of its whole process
 * @param received requests for work
 * @param completed tasks done, answered in time or not
 * @param shed requests refused
 * @param throttledSeconds time for which its control group kept it from running
 */
public record ServerUse(
    double cpuSeconds, long received, long completed, long shed, double throttledSeconds) {}
