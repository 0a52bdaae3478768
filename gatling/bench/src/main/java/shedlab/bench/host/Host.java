package shedlab.bench.host;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/**
 * Starts servers, one at a time on the server's CPUs, and long-lived load generators on the other
 * CPUs. Closing it leaves nothing running. Not thread-safe, but {@link #close} may come from any
 * thread.
 */
public interface Host extends AutoCloseable {
  /** {@code containers}, {@code processes} or {@code machines}. */
  String kind();

  /**
   * The JRE image, and that of the servers if they have another. For processes it is empty, or the
   * {@code java} of the servers if they have another than this JVM's.
   */
  String image();

  /**
   * What else a reader needs to know: the JVMs of both sides, the engine and the image. What a
   * server tells of its JVM is among it once one has started.
   */
  Map<String, String> facts();

  /**
   * A fresh server.
   *
   * @throws HostException if it does not become ready
   */
  RunningServer startServer(ServerSettings settings);

  /**
   * The load generators as one; started by the first call.
   *
   * @throws HostException if it does not become ready
   */
  Injector injector();

  /**
   * How late a thread wakes on each CPU of both sides, in microseconds: on all at once, in a
   * process such as those that serve. Nothing else should run meanwhile.
   *
   * @param time how long to measure; starting a process for it takes about a second more
   * @return by the machine's name, which is empty if there is one machine only, and the CPU's
   *     number
   * @throws HostException if it cannot be measured here
   */
  Map<String, SortedMap<Integer, Histogram>> wakeUps(Duration time);

  /** Ends the injector, which has failed; the next call of {@link #injector} starts others. */
  void dropInjector();

  @Override
  void close();
}
