package shedlab.report.result;

/**
 * One kind of client in the window of a cell.
 *
 * @param name as in the plan
 * @param urgency of its requests, 0 (most) to 7 (least)
 */
public record TenantResult(
    String name, int urgency, Outcomes outcomes, Latency admittedLatency, Latency shedLatency) {}
