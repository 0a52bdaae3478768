package shedlab.bench.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One of our servers as a local process. */
final class LocalServer implements RunningServer {
  /** For a JVM that writes an archive on the way. */
  private static final Duration END = Duration.ofSeconds(60);

  private final ProcessHost host;
  private final LocalProcess process;
  private final JsonNode configuration;
  private final Path sampleFile;
  private final Optional<Path> recordings;
  private final boolean endsByItself;
  private @Nullable LocalProcess antagonist;

  /**
   * One that is up.
   *
   * @param recordings the folder in which it records its stacks; empty if it does not
   * @param endsByItself whether it is asked to end and given the time for it
   */
  LocalServer(
      ProcessHost host,
      LocalProcess process,
      JsonNode configuration,
      Path sampleFile,
      Optional<Path> recordings,
      boolean endsByItself) {
    this.endsByItself = endsByItself;
    this.recordings = recordings;
    this.host = host;
    this.process = process;
    this.configuration = configuration;
    this.sampleFile = sampleFile;
  }

  @Override
  public URI url() {
    return ProcessHost.local(configuration);
  }

  @Override
  public URI loadUrl() {
    return url();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(process.pid());
  }

  @Override
  public JsonNode configuration() {
    return configuration;
  }

  @Override
  public Optional<Path> recording(Path into) {
    return recordings;
  }

  @Override
  public String samples() {
    return ProcessHost.read(sampleFile);
  }

  @Override
  public void cpuShare(double share) {
    CpuShare wanted = new CpuShare(share);
    endAntagonist();
    if (!wanted.whole()) {
      antagonist = host.antagonist(wanted.taken(host.serverCpus()));
    }
  }

  private void endAntagonist() {
    if (antagonist != null) {
      antagonist.end();
      antagonist = null;
    }
  }

  @Override
  public String lastLine() {
    return process.lastLine();
  }

  @Override
  public void close() {
    endAntagonist();
    if (endsByItself) {
      process.askToEnd(END);
    }
    process.end();
  }
}
