package shedlab.bench.container;

import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.HostException;
import shedlab.bench.host.LocalProcess;

/**
 * Somebody's image as a server, on the server's CPUs, with the engine's own network and the image's
 * own command. It listens on the one port that its image exposes, else on {@value #PORT}.
 */
public final class ImageServer implements AutoCloseable {
  private static final int PORT = 8080;

  private final Docker docker;
  private final GenericContainer<?> container;
  private final int port;

  private ImageServer(Docker docker, GenericContainer<?> container, int port) {
    this.docker = docker;
    this.container = container;
    this.port = port;
  }

  /**
   * Starts it; whether it is ready is for the caller to find out.
   *
   * @param environment variables, {@code HOST} and {@code PORT} besides
   * @throws HostException if no engine answers, there is no such image, or it does not start
   */
  public static ImageServer start(String image, Map<String, String> environment, String cpuList) {
    Docker docker = Docker.connect();
    Docker.requireImage(image);
    int port = docker.ask("image", () -> port(docker, image));
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("HOST", "0.0.0.0");
    variables.put("PORT", Integer.toString(port));
    @SuppressWarnings("resource") // closed by close()
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withLabels(Docker.OURS)
            .withEnv(variables)
            .withCreateContainerCmdModifier(
                create ->
                    Objects.requireNonNullElseGet(create.getHostConfig(), HostConfig::newHostConfig)
                        .withCpusetCpus(cpuList));
    ImageServer server = new ImageServer(docker, container, port);
    try {
      container.start();
    } catch (RuntimeException e) {
      docker.mustBeThere(e);
      String lastLine = server.lastLine();
      server.close();
      throw LocalProcess.ended(image, Docker.reason(e), "a container that starts", lastLine);
    }
    try {
      ControlClient.requireReachable(server.url());
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static int port(Docker docker, String image) {
    ContainerConfig config = docker.client().inspectImageCmd(image).exec().getConfig();
    ExposedPort[] exposed = config == null ? null : config.getExposedPorts();
    return exposed != null && exposed.length == 1 ? exposed[0].getPort() : PORT;
  }

  /** Where it is reached from this machine. */
  public URI url() {
    return ContainerServer.url(container, port);
  }

  /** Its first process, as this machine sees it; empty if it does not. */
  public OptionalLong pid() {
    return ContainerServer.pid(container);
  }

  /** The last line that it wrote. */
  public String lastLine() {
    return docker.lastLine(container);
  }

  @Override
  public void close() {
    docker.remove(container::close);
  }
}
