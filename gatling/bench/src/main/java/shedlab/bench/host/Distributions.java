package shedlab.bench.host;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;
import shedlab.report.raw.WakeUpSamples;
import shedlab.strategy.Strategies;

/**
 * The folders of the built distributions, a jar and its {@code lib/} each.
 *
 * @param plugIns with the jars of other people's strategies; it may be missing
 */
public record Distributions(Path servers, Path injector, Path plugIns) {
  /** Where a project has the jars of other people's strategies. */
  public static final String PLUG_INS = "strategies/plugins";

  /** Below the project's folder, as the build leaves them. */
  public static Distributions of(Path project) {
    Path root = project.toAbsolutePath().normalize();
    Distributions found =
        new Distributions(
            root.resolve("servers/target/dist"),
            root.resolve("gatling/injector/target/dist"),
            root.resolve(PLUG_INS));
    String path = found.servers.toString();
    if (path.contains(File.pathSeparator)) {
      throw new HostException("folder", path, "a path without '" + File.pathSeparator + "'");
    }
    for (Path jar : new Path[] {found.serversJar(), found.injectorJar()}) {
      if (!Files.isRegularFile(jar)) {
        throw new HostException("distribution", jar, "built by mvn package");
      }
    }
    return found;
  }

  /**
   * Asks the servers' distribution, which alone has all strategies on its class path.
   *
   * @throws HostException if it does not know one; its own message says which and why
   */
  public List<KnownStrategy> strategies(List<String> texts) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(serversHere());
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
        throw new HostException(
            Programs.lastLine(Files.readString(errors))); // a JVM may say its options before
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new HostException(
          "strategies", HostException.reason(e), "an answer of " + serversJar(), e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("strategies", e);
    }
  }

  /** What the servers are given to measure how late threads wake, into a file. */
  public static List<String> floor(Duration time, String file) {
    return List.of("floor", "--millis=" + time.toMillis(), "--file=" + file);
  }

  /** What they have written by then, by the CPU's number. */
  public static SortedMap<Integer, Histogram> wakeUps(String csv, long endEpochMillis) {
    try {
      return WakeUpSamples.read(csv, endEpochMillis);
    } catch (IOException e) {
      throw new HostException(HostException.reason(e), e);
    }
  }

  /** What Java is given to start a server from these folders. */
  public static List<String> servers(String folder, String plugIns) {
    return List.of("-D" + Strategies.PLUG_INS + "=" + plugIns, "-jar", folder + "/servers.jar");
  }

  /** The same, where the build has left them. */
  List<String> serversHere() {
    return servers(servers.toString(), plugIns.toString());
  }

  Path serversJar() {
    return servers.resolve("servers.jar");
  }

  Path injectorJar() {
    return injector.resolve("injector.jar");
  }
}
