package shedlab.gatling.host;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the built distributions lie: a jar and its {@code lib/} each. */
public record Distributions(Path servers, Path injector) {
  /** Below the project's folder, as the build leaves them. */
  public static Distributions of(Path project) {
    Distributions found =
        new Distributions(
            project.resolve("servers/target/dist").toAbsolutePath(),
            project.resolve("gatling/target/dist").toAbsolutePath());
    for (Path jar : new Path[] {found.serversJar(), found.injectorJar()}) {
      if (!Files.isRegularFile(jar)) {
        throw new HostException("distribution: " + jar + " (expected: built by mvn package)");
      }
    }
    return found;
  }

  Path serversJar() {
    return servers.resolve("servers.jar");
  }

  Path injectorJar() {
    return injector.resolve("shedlab.jar");
  }
}
