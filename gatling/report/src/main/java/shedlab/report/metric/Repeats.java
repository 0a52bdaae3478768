package shedlab.report.metric;

import java.util.List;
import shedlab.report.account.CpuAccounts;
import shedlab.report.result.CellResult;

/**
 * The repeats that become one row of the summary.
 *
 * @param valid the valid ones, from which the figures come
 * @param ideal the goodput that was achievable, as a share of the capacity
 * @param cpus CPUs of the server, multiplied by the size of a task relative to the one with which
 *     the capacity was measured
 * @param accounts what their CPU time went to
 */
record Repeats(List<CellResult> valid, double ideal, double cpus, CpuAccounts accounts) {}
