package shedlab.bench.machines;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import shedlab.bench.clock.RemoteClock;
import shedlab.bench.container.ContainerPaths;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.CpuShare;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.report.clock.ClockOffset;

/** One of our servers on another machine. */
final class RemoteServer implements RunningServer {
  /** The time by the clock of the samples, among its metrics. */
  private static final String EPOCH = "shedlab_epoch_micros";

  private final MachinesHost host;
  private final RemoteContainer container;
  private final int cpus;
  private final Path root;

  /**
   * One that is up.
   *
   * @param root a folder for what its machine tells of itself
   */
  RemoteServer(MachinesHost host, RemoteContainer container, int cpus, Path root) {
    this.host = host;
    this.container = container;
    this.cpus = cpus;
    this.root = root;
  }

  @Override
  public URI url() {
    return container.url();
  }

  @Override
  public URI loadUrl() {
    return url();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public JsonNode configuration() {
    return container.ready();
  }

  @Override
  public Path root() {
    try {
      Path file = root.resolve("proc/stat");
      Files.createDirectories(file.getParent());
      Files.writeString(file, container.printed("cat", "/proc/stat"));
      return root;
    } catch (IOException e) {
      throw new HostException("server: /proc/stat", HostException.reason(e), "room for a copy", e);
    }
  }

  @Override
  public ClockOffset clock() {
    ServerProbe probe = new ServerProbe(url());
    try {
      long zero = wallNanos() - System.nanoTime(); // so that no exchange sees a step of the clock
      return new RemoteClock(() -> zero + System.nanoTime(), () -> nanos(probe)).offset();
    } catch (IOException e) {
      throw new HostException("server: clock", HostException.reason(e), "an answer", e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("server: clock", e);
    }
  }

  private static long wallNanos() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
  }

  private static long nanos(ServerProbe probe) {
    Double micros = probe.metrics().get(EPOCH);
    if (micros == null) {
      throw new HostException("GET /metrics", "no " + EPOCH, "the time by the server's clock");
    }
    return 1_000 * micros.longValue();
  }

  @Override
  public String samples() {
    container.mustBeAttached();
    return container.file(ContainerPaths.SAMPLES);
  }

  @Override
  public void cpuShare(double share) {
    container.update(
        "--cpu-period=" + CpuShare.PERIOD_MICROS,
        "--cpu-quota=" + new CpuShare(share).quotaMicros(cpus));
  }

  @Override
  public String lastLine() {
    return container.lastLine();
  }

  @Override
  public void close() {
    host.end(container);
  }
}
