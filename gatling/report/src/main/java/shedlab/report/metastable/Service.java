package shedlab.report.metastable;

/**
 * The server and the clients of a map, the same for all of its points.
 *
 * @param taskMillis CPU time of a mean request
 * @param law how requests differ in size
 * @param timeoutMillis after which a client gives up a try and closes its connection
 * @param left the share of the capacity that a trigger leaves
 */
public record Service(
    int cores,
    double taskMillis,
    String law,
    double deadlineMillis,
    double timeoutMillis,
    double left) {}
