package shedlab.bench.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import shedlab.bench.host.HostException;
import shedlab.bench.host.HostGoneException;

/**
 * The Docker engine that Testcontainers has found, and what is ours in it.
 *
 * <p>Everything of ours carries a label that tells which runner made it. What a killed runner left
 * behind is swept at the next start, if it ran in the same PID namespace; whatever else has the
 * label may belong to a runner that is alive, and is left alone.
 */
public final class Docker {
  /** What everything that this runner makes is labelled with. */
  static final Map<String, String> OURS = RunnerId.labels();

  private static final int PULL_SECONDS = 180;

  private final DockerClient client = DockerClientFactory.instance().client();

  private Docker() {}

  /**
   * The engine, swept.
   *
   * @throws HostException if none answers
   */
  static Docker connect() {
    if (!answers()) {
      throw new HostException("docker", name(), "an engine that answers");
    }
    Docker docker = new Docker();
    docker.ask(
        "docker ps",
        () -> {
          docker.sweep();
          return true;
        });
    return docker;
  }

  /**
   * True if an engine answers.
   *
   * @throws HostException if the environment would make Testcontainers wait for images it does not
   *     need: it takes these two settings from nowhere else
   */
  public static boolean answers() {
    requireSet("TESTCONTAINERS_RYUK_DISABLED", "true");
    String named = System.getenv("DOCKER_HOST");
    if (named == null) {
      requireSet("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
    }
    try {
      // If DOCKER_HOST does not answer, Testcontainers would look for another engine.
      return DockerClientFactory.instance().isDockerAvailable()
          && (named == null
              || URI.create(named)
                  .equals(DockerClientFactory.instance().getTransportConfig().getDockerHost()));
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** What the engine says of itself, if one answers. */
  public static Optional<Engine> engine() {
    return answers() ? Optional.of(new Docker().described()) : Optional.empty();
  }

  /**
   * Makes sure that the engine has the image, pulling it if it must.
   *
   * @throws HostException if it is not available
   */
  static void requireImage(String image) {
    DockerClient client = DockerClientFactory.instance().client();
    String problem = "no answer in " + PULL_SECONDS + " s";
    try {
      if (isPresent(client, image) || isPulled(client, image)) {
        return;
      }
    } catch (DockerException | DockerClientException | IOException e) {
      problem = HostException.reason(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "interrupted";
    }
    throw new HostException("image", image, "present or pullable; " + problem + "; see --image");
  }

  private static boolean isPresent(DockerClient client, String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static boolean isPulled(DockerClient client, String image)
      throws IOException, InterruptedException {
    try (var pull = client.pullImageCmd(image).start()) {
      return pull.awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
    }
  }

  DockerClient client() {
    return client;
  }

  Engine facts() {
    return ask("docker", this::described);
  }

  /** By which a registry knows the image, else the engine. */
  String digest(String image) {
    InspectImageResponse found = ask("image", () -> client.inspectImageCmd(image).exec());
    List<String> digests = found.getRepoDigests();
    return digests == null || digests.isEmpty() ? String.valueOf(found.getId()) : digests.get(0);
  }

  /**
   * What the engine answers.
   *
   * @throws HostException if it refuses: a fault of the cell
   * @throws HostGoneException if it is gone itself
   */
  <T> T ask(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      mustBeThere(e);
      throw new HostException(what, HostException.reason(e), "the engine's answer", e);
    }
  }

  /** The engine's own message among the causes of a failure, else the first. */
  static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DockerException) {
        return HostException.reason(cause);
      }
    }
    return HostException.reason(failure);
  }

  /** The last line that a container wrote. */
  String lastLine(GenericContainer<?> container) {
    if (container.getContainerId() == null) {
      return "(no output)";
    }
    String log = ask("log", container::getLogs);
    return log.lines().reduce((a, b) -> b).orElse("(no output)");
  }

  /** Whatever has just failed may be the first sign that it is gone. */
  void mustBeThere(RuntimeException sign) {
    if (!isThere()) {
      throw new HostGoneException(
          "docker", name(), "an engine that answers until the run ends", sign);
    }
  }

  /** From the engine, if it is still there: the next run sweeps what this one leaves. */
  void remove(Runnable removal) {
    try {
      removal.run();
    } catch (RuntimeException e) {
      if (isThere()) {
        throw new HostException(
            "docker", HostException.reason(e), "to remove this run's containers", e);
      }
    }
  }

  /** Removes containers and networks whose runner is no longer alive. */
  private void sweep() {
    client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(RunnerId.LABEL))
        .exec()
        .stream()
        .filter(container -> RunnerId.isOrphan(container.getLabels()))
        .forEach(
            orphan ->
                sweep(() -> client.removeContainerCmd(orphan.getId()).withForce(true).exec()));
    client.listNetworksCmd().exec().stream()
        .filter(found -> found.getLabels() != null && RunnerId.isOrphan(found.getLabels()))
        .forEach(orphan -> sweep(() -> client.removeNetworkCmd(orphan.getId()).exec()));
  }

  private static void sweep(Runnable removal) {
    try {
      removal.run();
    } catch (DockerException e) {
      // Another runner removes it, or it cannot be removed: the next start tries again.
    }
  }

  private boolean isThere() {
    try {
      client.pingCmd().exec();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private Engine described() {
    Info info = client.infoCmd().exec();
    return new Engine(
        String.valueOf(info.getServerVersion()),
        String.valueOf(client.versionCmd().exec().getApiVersion()),
        String.valueOf(info.getCGroupVersion()),
        Boolean.TRUE.equals(info.getCpuSet()));
  }

  private static String name() {
    return System.getenv().getOrDefault("DOCKER_HOST", "the default socket");
  }

  private static void requireSet(String variable, String value) {
    if (System.getenv(variable) == null) {
      throw new HostException(variable, "(not set)", value + "; make sets it");
    }
  }
}
