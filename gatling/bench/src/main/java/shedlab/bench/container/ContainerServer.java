package shedlab.bench.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.testcontainers.containers.GenericContainer;
import shedlab.bench.host.CpuShare;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;

/**
 * A server in a container of a {@link ContainerHost}.
 *
 * @param profiled whether it records its stacks
 */
record ContainerServer(
    ContainerHost host, GenericContainer<?> container, JsonNode configuration, boolean profiled)
    implements RunningServer {
  @Override
  public URI url() {
    return ContainerHost.url(container);
  }

  @Override
  public OptionalLong pid() {
    return pid(container);
  }

  @Override
  public URI loadUrl() {
    return URI.create("http://server:" + ContainerHost.PORT);
  }

  @Override
  public String samples() {
    return host.file(container, ContainerPaths.SAMPLES);
  }

  @Override
  public Optional<Path> recording(Path into) {
    return profiled
        ? Optional.of(host.docker().ask("recording", () -> copied(into)))
        : Optional.empty();
  }

  /** The recorder's files, in one folder: their names are times. An image need not have a shell. */
  private Path copied(Path into) {
    var question =
        host.docker()
            .client()
            .copyArchiveFromContainerCmd(container.getContainerId(), ContainerPaths.RECORDINGS);
    try (var tar = new TarArchiveInputStream(question.exec())) {
      Files.createDirectories(into);
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(".jfr")) {
          Files.copy(tar, into.resolve(name.substring(name.lastIndexOf('/') + 1)));
        }
      }
      return into;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void cpuShare(double share) {
    long quota = new CpuShare(share).quotaMicros(host.serverCpus());
    host.docker()
        .ask(
            "cpu-share " + share,
            () ->
                host.docker()
                    .client()
                    .updateContainerCmd(container.getContainerId())
                    .withCpuPeriod(CpuShare.PERIOD_MICROS)
                    .withCpuQuota(quota)
                    .exec());
  }

  @Override
  public String lastLine() {
    return host.docker().lastLine(container);
  }

  @Override
  public void close() {
    host.end(container);
  }

  /** Where a container is reached on its network. */
  static URI url(GenericContainer<?> container, int port) {
    return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
        .map(attached -> URI.create("http://" + attached.getIpAddress() + ":" + port))
        .findFirst()
        .orElseThrow(() -> new HostException("network", "none", "one of the engine"));
  }

  /** Its number where the engine runs, if that is here too: else it would be another process. */
  static OptionalLong pid(GenericContainer<?> container) {
    Long pid = container.getContainerInfo().getState().getPidLong();
    try {
      String groups = Files.readString(Path.of("/proc/" + pid + "/cgroup"));
      return pid != null && groups.contains(container.getContainerId())
          ? OptionalLong.of(pid)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The line that it has printed. */
  static JsonNode ready(GenericContainer<?> container) {
    String line =
        container.getLogs().lines().filter(l -> l.contains("\"ready\"")).findFirst().orElse("{}");
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new HostException("ready line", line, "one line of JSON", e);
    }
  }
}
