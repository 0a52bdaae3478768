package shedlab.gatling.cli;

import java.nio.file.Path;
import shedlab.gatling.host.ContainerHost;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.Distributions;
import shedlab.gatling.host.Host;
import shedlab.gatling.host.HostException;
import shedlab.gatling.host.ProcessHost;
import shedlab.spec.SpecException;

/**
 * Containers or processes, and why.
 *
 * @param containers false for processes
 * @param explanation for the console: which and why
 */
record HostChoice(boolean containers, String image, String explanation) {
  private static final String ORDINARY_IMAGE = "eclipse-temurin:17-jre";

  /**
   * {@code auto} takes containers where an engine answers and the image is to be had, else
   * processes. Who names an engine by {@code DOCKER_HOST} wants that one: then silence is an error.
   */
  static HostChoice of(String name, String image) {
    String jre = image.isBlank() ? ORDINARY_IMAGE : image;
    switch (name) {
      case "containers", "container":
        return new HostChoice(true, jre, "containers of " + jre);
      case "processes", "process":
        return new HostChoice(false, "", "pinned processes");
      case "auto":
        break;
      default:
        throw new SpecException("host", name, "auto, containers or processes");
    }
    boolean named = System.getenv("DOCKER_HOST") != null || !image.isBlank();
    if (!ContainerHost.engineAnswers()) {
      if (named) {
        return new HostChoice(true, jre, "containers of " + jre);
      }
      return new HostChoice(false, "", "pinned processes (no Docker engine answers)");
    }
    try {
      ContainerHost.requireImage(jre);
    } catch (HostException e) {
      if (named) {
        throw e;
      }
      return new HostChoice(false, "", "pinned processes (a Docker engine answers, but " + e.getMessage() + ")");
    }
    return new HostChoice(true, jre, "containers of " + jre);
  }

  Host open(Distributions distributions, CpuSplit cpus, Path scratch) {
    return containers
        ? new ContainerHost(distributions, cpus, image)
        : new ProcessHost(distributions, cpus, scratch);
  }
}
