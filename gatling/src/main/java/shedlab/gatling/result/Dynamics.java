package shedlab.gatling.result;

import org.jspecify.annotations.Nullable;

/**
 * How a cell followed a change of load or capacity.
 *
 * @param settleSeconds from the disturbance until goodput stays near what it settles at; null if it
 *     never did
 * @param overshootMillis the worst p99 of admitted requests meanwhile, over the deadline; zero if
 *     none was late
 * @param recoverySeconds from the end of the disturbance until goodput stays near what is offered;
 *     null if it never did
 */
public record Dynamics(
    @Nullable Double settleSeconds, double overshootMillis, @Nullable Double recoverySeconds) {}
