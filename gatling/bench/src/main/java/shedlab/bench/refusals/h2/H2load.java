package shedlab.bench.refusals.h2;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands of h2load, the load generator of nghttp2 (Debian: nghttp2-client), for one thread. It
 * takes any certificate, and speaks only what it is told.
 */
public final class H2load {
  private static final String PROGRAM = "h2load";

  /** New connections come in steps, as h2load counts its rates. */
  private static final int STEP_MILLIS = 5;

  /** As {@code --protocol} of a server has them. */
  public enum Protocol {
    /** HTTP/1.1 in clear. */
    HTTP("http", true),
    /** HTTP/1.1 over TLS. */
    HTTPS("https", true),
    /** HTTP/2 over TLS. */
    H2("https", false);

    private final String scheme;
    private final boolean first;

    Protocol(String scheme, boolean first) {
      this.scheme = scheme;
      this.first = first;
    }

    /** Where a server of this protocol is asked for the path. */
    URI on(int port, String path) {
      return URI.create(scheme + "://127.0.0.1:" + port + path);
    }
  }

  private H2load() {}

  /**
   * A closed loop over connections that are kept.
   *
   * @param streams requests under way on each connection of HTTP/2; with HTTP/1.1 they are
   *     pipelined
   */
  public static List<String> kept(
      Protocol protocol, int port, String path, int connections, int streams, int seconds) {
    List<String> command = command(protocol);
    command.addAll(List.of("-c" + connections, "-m" + streams, "-D" + seconds));
    command.add(protocol.on(port, path).toString());
    return command;
  }

  /**
   * Each request over a connection of its own, at a rate that does not wait for answers.
   *
   * @param perSecond connections; a multiple of 200
   */
  public static List<String> fresh(
      Protocol protocol, int port, String path, int requests, int perSecond) {
    List<String> command = command(protocol);
    command.addAll(
        List.of(
            "-n" + requests,
            "-c" + requests,
            "-r" + perSecond * STEP_MILLIS / 1_000,
            "--rate-period=" + STEP_MILLIS + "ms"));
    command.add(protocol.on(port, path).toString());
    return command;
  }

  private static List<String> command(Protocol protocol) {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-t1"));
    if (protocol.first) {
      command.add("--h1");
    }
    return command;
  }
}
