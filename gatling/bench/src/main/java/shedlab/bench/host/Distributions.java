package shedlab.bench.host;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the built distributions lie: a jar and its {@code lib/} each. */
public record Distributions(Path servers, Path injector) {
  /** Where a project has the jars of other people's strategies. */
  public static final String PLUG_INS = "strategies/plugins";

  /** Below the project's folder, as the build leaves them. */
  public static Distributions of(Path project) {
    Distributions found =
        new Distributions(
            project.resolve("servers/target/dist").toAbsolutePath(),
            project.resolve("gatling/injector/target/dist").toAbsolutePath());
    for (Path jar : new Path[] {found.serversJar(), found.injectorJar()}) {
      if (!Files.isRegularFile(jar)) {
        throw new HostException("distribution: " + jar + " (expected: built by mvn package)");
      }
    }
    return found;
  }

  /**
   * Asks the servers' distribution, which alone has all strategies on its class path.
   *
   * @throws HostException if it does not know one; its own words say which and why
   */
  public List<KnownStrategy> strategies(List<String> texts) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(serverMain(servers.toString()));
    command.addAll(List.of("strategies", "--check"));
    command.addAll(texts);
    try {
      Path errors = Files.createTempFile("shedlab-", ".log");
      try {
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<KnownStrategy> known = new ArrayList<>();
        try (MappingIterator<KnownStrategy> lines =
            new ObjectMapper()
                .readerFor(KnownStrategy.class)
                .readValues(process.getInputStream().readAllBytes())) {
          lines.forEachRemaining(known::add);
        }
        if (process.waitFor() == 0 && known.size() == texts.size()) {
          return known;
        }
        throw new HostException(Files.readString(errors).strip());
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new HostException("strategies: " + e.getMessage() + " (expected: to be told)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted while asking for strategies", e);
    }
  }

  /** How Java starts a server from this folder, with the jars of other people's strategies. */
  static List<String> serverMain(String folder) {
    return List.of(
        "-cp", folder + "/servers.jar:" + folder + "/plugins/*", "shedlab.servers.ServerMain");
  }

  Path serversJar() {
    return servers.resolve("servers.jar");
  }

  Path injectorJar() {
    return injector.resolve("injector.jar");
  }
}
