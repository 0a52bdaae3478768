package shedlab.report.network;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import shedlab.report.text.Numbers;

/**
 * What sentences say of the way between load generator and server. Nothing at all if the run did
 * not measure it.
 *
 * @param trips of the run
 */
public record NetworkWords(RoundTrips trips) {
  /** How it was measured. */
  public String method() {
    return trips.parts().isEmpty()
        ? ""
        : " Between load generator and server, an exchange without work (`GET /healthz`, past the"
            + " gate, one at a time) took "
            + figures()
            + ".";
  }

  /** What it means for the figures of the run; nothing if it was not measured. */
  public Stream<String> threat() {
    return trips.parts().isEmpty()
        ? Stream.empty()
        : Stream.of(
            "Every response time has the way to the server and back in it, and HTTP on both sides: "
                + figures()
                + " without any work. How much the network carries was not measured: no request and"
                + " no answer of the contract is larger than a packet.");
  }

  private String figures() {
    return trips.parts().stream()
        .map(
            part ->
                "at least "
                    + Numbers.millis(Math.max(1, part.leastMicros()))
                    + " ms, p50 "
                    + Numbers.millis(Math.max(1, part.exchange().p50()))
                    + " ms, p99 "
                    + Numbers.millis(Math.max(1, part.exchange().p99()))
                    + " ms on "
                    + part.server())
        .collect(Collectors.joining("; "));
  }
}
