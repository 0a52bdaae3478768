package shedlab.report.result;

import org.jspecify.annotations.Nullable;

/**
 * How a cell followed a change of load or capacity: the disturbance.
 *
 * <p>Goodput is taken as a mean of one second that moves in rows of the course. It is near a value
 * if it is short of it by no more than a tenth, or by three standard deviations of a Poisson count
 * where that is more.
 *
 * @param settleSeconds from the disturbance's start until goodput stays near what it settles at,
 *     its mean in the last quarter of the disturbance; null if it had not by then, or if what it
 *     settles at is next to nothing
 * @param overshootMillis the worst p99 of admitted requests of any row from the disturbance's start
 *     on, over the deadline; zero if none was late
 * @param recoverySeconds from the disturbance's end until goodput stays near what is offered, or
 *     near the capacity if more is; null if it had not by the last quarter of the rest, or if there
 *     is no rest
 */
public record Dynamics(
    @Nullable Double settleSeconds, double overshootMillis, @Nullable Double recoverySeconds) {}
