package shedlab.report.result;

import org.jspecify.annotations.Nullable;

/**
 * How a cell followed a change of load or capacity, called the disturbance. For a server that
 * started cold it has no length, and is over as the load begins.
 *
 * <p>Goodput is a moving mean of one second. It is near a value if it is below it by at most a
 * tenth or three standard deviations of a Poisson count, whichever is more.
 *
 * @param settleSeconds from the disturbance's start until goodput stays near its final value, the
 *     mean in the last quarter of the disturbance; null if it was not near before that quarter, or
 *     if the final value is almost zero
 * @param overshootMillis by how much the worst p99 of admitted requests, of any row from the
 *     disturbance's start on, exceeds the deadline; zero if none does
 * @param recoverySeconds from the disturbance's end until goodput stays near the offered load, or
 *     near the capacity if that is less; null if it was not near before the last quarter of the
 *     remaining time, or if no time remains
 */
public record Dynamics(
    @Nullable Double settleSeconds, double overshootMillis, @Nullable Double recoverySeconds) {}
