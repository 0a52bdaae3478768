package shedlab.bench.host;

import java.util.List;

/**
 * A strategy that the servers' distribution can run.
 *
 * @param text its canonical text
 * @param servers those that can run it
 */
public record KnownStrategy(String text, List<String> servers) {}
