package shedlab.servers.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything one server process is told. Every hidden queue in front of the gate is a named setting
 * with the same value on all servers, so that figures compare servers and not their defaults:
 *
 * <ul>
 *   <li>the kernel's accept queue: {@code acceptBacklog} (the kernel caps it at {@code somaxconn});
 *   <li>accepted connections: one accept thread hands them to {@code ioThreads} NIO event loops;
 *   <li>parsed requests: none wait, the gate decides on the I/O thread that parsed them, unless
 *       {@code placement} puts it elsewhere;
 *   <li>admitted work: {@code workers} threads of one pool that all servers share, fed by an
 *       unbounded hand-off queue whose length is what the limit admits beyond {@code workers};
 *   <li>replies: one hand-off of normal priority, see {@code Responder}.
 * </ul>
 *
 * Fixed and equal: TCP_NODELAY, keep-alive, no access log, the constants below.
 *
 * @param strategy the canonical text of the admission strategy
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param ioThreads event loops that read, decide and write
 * @param workers threads that do the CPU work
 * @param workerNice the workers' priority, 0 (normal) to 19 (lowest), or 20 for SCHED_IDLE;
 * @param compilerNice the priority of the JVM's compiler threads, likewise
 * @param taskUnits units of CPU work for a request that names none
 * @param acceptBacklog connections the kernel may hold before they are accepted
 * @param tickMillis the gate's heartbeat: the precision of expiry
 * @param samples where samples are appended as CSV, or null for none
 * @param sampleMillis time between samples
 * @param drainSeconds how long a stop waits for admitted and waiting requests
 * @param placement on which threads the gate decides and the task runs
 */
public record ServerConfig(
    String strategy,
    String host,
    int port,
    int ioThreads,
    int workers,
    int workerNice,
    int compilerNice,
    int taskUnits,
    int acceptBacklog,
    int tickMillis,
    @Nullable Path samples,
    int sampleMillis,
    int drainSeconds,
    Placement placement) {

  /** How long a connection may be idle between requests. */
  public static final int IDLE_SECONDS = 120;

  /** The largest request line plus header fields, in bytes; more is answered with 431. */
  public static final int MAX_HEADER_BYTES = 8 * 1024;

  /** The largest request body, in bytes; more is answered with 413. */
  public static final int MAX_BODY_BYTES = 64 * 1024;
}
