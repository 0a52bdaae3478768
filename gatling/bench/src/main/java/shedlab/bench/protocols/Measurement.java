package shedlab.bench.protocols;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.outside.ThreadTimes;

/** One server process that admits nobody, and the readings on it. */
final class Measurement {
  /** Below saturation. */
  private static final int FEW = 4;

  /** How often the probe comes back whose own new connection is closed. */
  private static final int VISITS = 8;

  private final RunningServer server;
  private final H2load generator;
  private final Pace pace;
  private final HttpClient http;
  private final ServerProbe probe;

  /** Requests per second over kept connections, as the warm-up had them. */
  private final Map<Asked, Double> rates = new HashMap<>();

  /** Of a server that has just started. */
  Measurement(RunningServer server, H2load generator, Pace pace, Protocol protocol) {
    this.server = server;
    this.generator = generator;
    this.pace = pace;
    this.http = ControlClient.trustingAnyKey(Duration.ofSeconds(5), protocol.version());
    this.probe = new ServerProbe(server.url(), http);
  }

  /** A load before the measurements, with one connection or a few, so that the CPU is idle too. */
  void warmBelow(Asked asked, int millis) {
    if (asked.kept()) {
      generator.growing(asked, server.url(), 1, millis);
    } else {
      bursts(asked, FEW, millis);
    }
  }

  /** The load that is measured later. */
  void warm(Asked asked, int millis) {
    if (asked.kept()) {
      rates.put(asked, generator.growing(asked, server.url(), H2load.CONNECTIONS, millis));
    } else {
      bursts(asked, pace.burst(), millis);
    }
  }

  /** A measurement, after its warm-up. */
  Reading of(Asked asked) {
    ServerCounts before = settled().counts;
    ThreadTimes start = ThreadTimes.of(pid());
    Offered offered = asked.kept() ? kept(asked) : bursts(asked, pace.burst(), pace.window());
    double cpu = ThreadTimes.of(pid()).secondsSince(start, List.of());
    Settled after = settled();
    ServerCounts counted = after.counts.since(before);
    Tally tally = offered.tally;
    String problem =
        offered.problem.isEmpty()
            ? problem(
                asked,
                tally,
                counted.received(),
                counted.shedTotal() - offered.beside - after.refused)
            : "the client beside the load: " + offered.problem;
    return new Reading(
        tally, asked.answer().refuses() ? counted.shedTotal() : tally.ok(), cpu, problem);
  }

  /**
   * The server's counts.
   *
   * @param refused connections of the probe itself that were closed before: they are among them
   */
  private record Settled(ServerCounts counts, int refused) {}

  /**
   * A server that refuses connections closes the probe's too, for a moment after its last refusal.
   */
  private Settled settled() {
    for (int refused = 0; ; refused++) {
      try {
        return new Settled(probe.settledCounts(), refused);
      } catch (HostException e) {
        if (refused == VISITS) {
          throw e;
        }
        RefusedClient.pause(RefusedClient.LAPSE_MILLIS);
      }
    }
  }

  private long pid() {
    return server.pid().orElseThrow();
  }

  /**
   * What was offered.
   *
   * @param beside refusals that another client got
   * @param problem of that client; empty without one
   */
  private record Offered(Tally tally, long beside, String problem) {}

  private Offered kept(Asked asked) {
    long requests = Math.round(rates.getOrDefault(asked, 0.0) * pace.window() / 1e3);
    return new Offered(generator.kept(asked, server.url(), H2load.CONNECTIONS, requests), 0, "");
  }

  private Offered bursts(Asked asked, int burst, int millis) {
    URI url = server.url();
    if (asked.answer() != Answer.CLOSE) {
      return new Offered(generator.bursts(asked, url, burst, millis), 0, "");
    }
    RefusedClient beside = RefusedClient.start(http, url.resolve(asked.answer().path()));
    Tally tally;
    try (beside) {
      tally = generator.bursts(asked, url, burst, millis);
    }
    return new Offered(tally, beside.refused(), beside.problem());
  }

  /**
   * What speaks against a row.
   *
   * @param received requests that came to the gate
   * @param shed those of them that this load's clients were refused
   */
  static String problem(Asked asked, Tally tally, long received, long shed) {
    long wrong = tally.ended() - right(asked.answer(), tally);
    if (tally.ended() == 0) {
      return "no answer";
    }
    if (asked.answer() != Answer.CLOSE && tally.closed() > 0) {
      return tally.closed() + " connections or requests failed";
    }
    if (wrong > 0) {
      return wrong
          + switch (asked.answer()) {
            case PLAIN -> " answers were no 200";
            case STATUS -> " answers were no 429";
            case RESET -> " streams were not reset";
            case CLOSE -> " answers were neither a close nor a 429";
          };
    }
    if (!asked.answer().refuses()) {
      return received > 0 ? "the gate received " + received + " requests" : "";
    }
    if (asked.answer() == Answer.CLOSE && tally.closed() == 0) {
      return "no connection was closed when it was accepted";
    }
    return shed == tally.refusals()
        ? ""
        : "the server shed " + shed + ", its clients count " + tally.refusals();
  }

  private static long right(Answer answer, Tally tally) {
    return switch (answer) {
      case PLAIN -> tally.ok();
      case STATUS -> tally.refused();
      case RESET -> tally.resets();
      case CLOSE -> tally.closed() + tally.refused();
    };
  }
}
