package shedlab.bench.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.testcontainers.containers.GenericContainer;

/** A server in a container of a {@link ContainerHost}. */
record ContainerServer(ContainerHost host, GenericContainer<?> container, JsonNode configuration)
    implements RunningServer {
  @Override
  public URI url() {
    return ContainerHost.url(container);
  }

  @Override
  public OptionalLong pid() {
    return ContainerHost.pid(container);
  }

  @Override
  public URI loadUrl() {
    return URI.create("http://server:" + ContainerHost.PORT);
  }

  @Override
  public String samples() {
    return host.docker()
        .ask(
            "samples",
            () ->
                container.copyFileFromContainer(
                    "/tmp/samples.csv",
                    in -> new String(in.readAllBytes(), StandardCharsets.UTF_8)));
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
    return host.lastLine(container);
  }

  @Override
  public void close() {
    host.end(container);
  }
}
