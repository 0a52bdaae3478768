package shedlab.servers.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import shedlab.retry.RetryAfter;
import shedlab.servers.threads.Scheduling;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategy;

/**
 * The whole configuration of one server process. Every hidden queue in front of the gate is a named
 * setting with the same value on all servers, so that figures compare servers and not their
 * defaults:
 *
 * <ul>
 *   <li>the kernel's accept queue: {@code acceptBacklog} (the kernel caps it at {@code somaxconn});
 *   <li>accepted connections: one accept thread hands them to {@code ioThreads} NIO event loops, up
 *       to {@code maxConnections} at one time;
 *   <li>streams of HTTP/2: {@code MAX_STREAMS} on each connection;
 *   <li>parsed requests: none wait, the gate decides on the I/O thread that parsed them, unless
 *       {@code placement} puts it elsewhere;
 *   <li>admitted work: {@code workers} threads of one pool that all servers share, fed by an
 *       unbounded hand-off queue whose length is what the limit admits beyond {@code workers};
 *   <li>replies: one hand-off of normal priority, see {@code Responder}.
 * </ul>
 *
 * Fixed and equal: TCP_NODELAY, keep-alive, no access log, the constants below.
 *
 * @param strategy the admission strategy
 * @param listening where connections come in
 * @param threads how many there are, and their priorities
 * @param placement on which threads the gate decides and the task runs
 * @param retryAfter what a refusal says in {@code Retry-After}
 * @param refuseWith how a client learns that its request is shed
 * @param taskUnits units of CPU work for a request that names none
 * @param tickMillis time between the gate's heartbeats: the precision of expiry
 * @param sampling what is written about the server while it runs
 * @param drainSeconds how long a stop waits for admitted and waiting requests
 */
public record ServerConfig(
    Strategy strategy,
    Listening listening,
    Threads threads,
    Placement placement,
    RetryAfter retryAfter,
    RefuseWith refuseWith,
    int taskUnits,
    int tickMillis,
    Sampling sampling,
    int drainSeconds) {
  /**
   * Checks that the parts go together.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)}
   */
  public ServerConfig {
    if (refuseWith == RefuseWith.RESET && listening.protocol() != Protocol.H2) {
      throw new SpecException(
          "refuse-with", refuseWith, "429 or connection; only with protocol h2 a stream is reset");
    }
  }

  /**
   * Where connections come in.
   *
   * @param protocol what is spoken
   * @param host the address to listen on
   * @param port the port to listen on; 0 for any free one
   * @param acceptBacklog connections the kernel may hold before they are accepted
   * @param maxConnections connections that are open at one time; more wait in the kernel's queue
   */
  public record Listening(
      Protocol protocol, String host, int port, int acceptBacklog, int maxConnections) {}

  /**
   * The threads. A nice value is 0 (normal) to 19 (lowest), or 20 for SCHED_IDLE.
   *
   * @param io event loops that read, decide and write
   * @param workers threads that do the CPU work
   * @param worker how the workers are scheduled
   * @param compilerNice the nice value of the JVM's compiler threads
   */
  public record Threads(int io, int workers, Scheduling worker, int compilerNice) {}

  /**
   * What is written about the server while it runs.
   *
   * @param file the CSV file that samples are appended to, or null for none
   * @param millis time between samples
   */
  public record Sampling(@Nullable Path file, int millis) {}

  /** How long a connection may be idle between requests. */
  public static final int IDLE_SECONDS = 120;

  /** Streams that a client may have open on one connection of HTTP/2; more wait at the client. */
  public static final int MAX_STREAMS = 1_000;

  /** The largest request line plus header fields, in bytes; more is answered with 431. */
  public static final int MAX_HEADER_BYTES = 8 * 1024;

  /** The largest request body, in bytes; more is answered with 413. */
  public static final int MAX_BODY_BYTES = 64 * 1024;
}
