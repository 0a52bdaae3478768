package shedlab.report.result;

/**
 * What clients that try again sent for the requests of a window: more tries than requests.
 *
 * @param sent tries in all
 * @param ok answered 200
 * @param shed answered 429
 * @param failed answered otherwise or not at all
 */
public record Attempts(long sent, long ok, long shed, long failed) {}
