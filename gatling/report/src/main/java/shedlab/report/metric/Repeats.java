package shedlab.report.metric;

import java.util.List;
import shedlab.report.result.CellResult;

/**
 * The repeats that become one row of the summary.
 *
 * @param valid those that are averaged
 * @param ideal the goodput that was achievable, as a share of the capacity
 * @param cpus CPUs of the server, times the size of a task where it is another than the one that
 *     the capacity was measured with
 */
record Repeats(List<CellResult> valid, double ideal, double cpus) {}
