package shedlab.gatling.result;

/**
 * A stretch of a cell's load, in multiples of the cell's own: {@code 1} throughout is a plateau.
 *
 * @param from factor at its beginning
 * @param to factor at its end; the rate changes evenly in between
 * @param seconds how long
 */
public record Phase(double from, double to, double seconds) {}
