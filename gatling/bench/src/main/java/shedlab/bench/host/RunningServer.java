package shedlab.bench.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import shedlab.report.clock.ClockOffset;
import shedlab.report.raw.WorkAddress;

/** A server that is up. Closing it ends it at once and frees everything it held. */
public interface RunningServer extends AutoCloseable {
  /** Where this JVM reaches it. */
  URI url();

  /** Where the injector reaches it. */
  URI loadUrl();

  /** Where this JVM asks whether it is well. */
  default URI healthUrl() {
    return url().resolve("/healthz");
  }

  /** Where the injector asks it for work. */
  default WorkAddress workAddress() {
    return WorkAddress.of(loadUrl().toString());
  }

  /** Its number as a process, as this JVM sees it; empty if this JVM does not see it. */
  OptionalLong pid();

  /** A folder whose {@code proc/stat} is that of its machine, as of now. */
  default Path root() {
    return Path.of("/");
  }

  /** Its resolved configuration, which it prints when it is ready. */
  JsonNode configuration();

  /**
   * How far the clock of its samples is ahead of this machine's wall clock, now; {@link
   * ClockOffset#SAME} if it is the same clock.
   *
   * @throws HostException if it does not tell
   */
  default ClockOffset clock() {
    return ClockOffset.SAME;
  }

  /**
   * The folder in which its JVM records its stacks; empty if it does not.
   *
   * @param into for a copy, if the folder is not on this machine's disk; it is not there yet
   * @throws HostException if it cannot be copied
   */
  default Optional<Path> recording(Path into) {
    return Optional.empty();
  }

  /** The sampler's CSV so far, by its own clock. */
  String samples();

  /**
   * Leaves it so much of its CPUs, from now on; 1 gives it back all. Containers get a quota.
   * Processes get a neighbour on their CPUs, which takes some tenths of a second to start.
   *
   * @param share from 0.2 to 1
   * @throws shedlab.spec.SpecException for any other
   * @throws HostException if it cannot be done here
   */
  void cpuShare(double share);

  /** The last line that it wrote, for the message if it ends. */
  String lastLine();

  @Override
  void close();
}
