package shedlab.bench.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** A server that is up. Closing it ends it at once and frees everything it held. */
public interface Hosted extends AutoCloseable {
  /** Where this JVM reaches it. */
  URI url();

  /** Where the injector reaches it. */
  URI loadUrl();

  /** What it said when it was ready: its whole resolved configuration. */
  JsonNode configuration();

  /** The sampler's CSV so far. */
  String samples();

  /**
   * Leaves it so much of its CPUs, from now on; 1 gives it back all. Containers get a quota.
   * Processes get a neighbour on their CPUs, which takes some tenths of a second to start.
   *
   * @param share from 0.2 to 1
   * @throws IllegalArgumentException {@code key: value (expected: rule)} for any other
   * @throws HostException if it cannot be done here
   */
  void cpuShare(double share);

  /** Its last words, for the message if it dies. */
  String log();

  @Override
  void close();
}
