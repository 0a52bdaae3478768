package shedlab.gatling.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Local JVMs, pinned with {@code taskset} where that exists. */
public final class ProcessHost implements Host {
  private static final Duration READY = Duration.ofSeconds(30);

  /** A runner that is killed takes its processes with it. */
  private static final List<String> ENDS_WITH_THIS =
      List.of("--ends-with", Long.toString(ProcessHandle.current().pid()));

  private final Distributions distributions;
  private final CpuSplit cpus;
  private final Path folder;
  private final boolean pinned = Files.isExecutable(Path.of("/usr/bin/taskset"));
  private final Set<Process> alive = ConcurrentHashMap.newKeySet();
  private int started;
  private String serverJvm = Runtime.version().toString();
  private @Nullable Injector injector;
  private @Nullable Process injectorProcess;

  /** Processes that keep their logs and samples in {@code folder}. */
  public ProcessHost(Distributions distributions, CpuSplit cpus, Path folder) {
    this.distributions = distributions;
    this.cpus = cpus;
    this.folder = folder;
  }

  @Override
  public String kind() {
    return pinned ? "processes" : "processes (not pinned)";
  }

  @Override
  public String image() {
    return "";
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("server JVM", serverJvm);
    facts.putAll(JvmFlags.facts(cpus));
    return facts;
  }

  @Override
  public Hosted startServer(ServerSettings settings) {
    String name = "server-" + ++started;
    Path samples = folder.resolve(name + ".csv");
    List<String> command = java(cpus.serverList(), JvmFlags.server(cpus.server().size()));
    command.addAll(Distributions.serverMain(distributions.servers().toString()));
    command.addAll(settings.arguments("127.0.0.1", 0, samples.toString()));
    command.addAll(ENDS_WITH_THIS);
    Started server = start(name, command);
    serverJvm = server.ready.path("javaVersion").asText(serverJvm);
    URI url = URI.create("http://127.0.0.1:" + server.ready.get("port").asInt());
    return new LocalServer(url, server, samples);
  }

  @Override
  public Injector injector() {
    if (injector == null) {
      List<String> command = java(cpus.injectorList(), JvmFlags.injector(cpus.injector().size()));
      command.add("-cp");
      command.add(distributions.injectorJar().toString());
      command.addAll(Injector.main("127.0.0.1", 0, folder.resolve("injector").toString()));
      command.addAll(ENDS_WITH_THIS);
      Started process = start("injector", command);
      injectorProcess = process.process;
      injector = new Injector(URI.create("http://127.0.0.1:" + process.ready.get("port").asInt()));
    }
    return injector;
  }

  @Override
  public void dropInjector() {
    if (injectorProcess != null) {
      end(injectorProcess);
    }
    injector = null;
  }

  @Override
  public void close() {
    alive.forEach(ProcessHost::end); // those that ended before are gone, and stay so
  }

  private List<String> java(String cpuList, List<String> flags) {
    List<String> command = new ArrayList<>();
    if (pinned) {
      command.addAll(List.of("taskset", "-c", cpuList));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    return command;
  }

  private Started start(String name, List<String> command) {
    Path log = folder.resolve(name + ".log");
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(command)
              .redirectError(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      alive.add(process);
      return new Started(process, readyLine(name, process, log), log);
    } catch (IOException e) {
      throw new HostException(name + ": " + e.getMessage() + " (expected: a JVM that starts)", e);
    }
  }

  private static JsonNode readyLine(String name, Process process, Path log) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    try {
      String line =
          CompletableFuture.supplyAsync(() -> firstLine(output))
              .get(READY.toSeconds(), TimeUnit.SECONDS);
      if (!line.isEmpty()) {
        return new ObjectMapper().readTree(line);
      }
      throw new HostException(name + " did not start: " + tail(log));
    } catch (TimeoutException | ExecutionException e) {
      throw new HostException(name + " was not ready in " + READY.toSeconds() + " s: " + tail(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted while " + name + " started", e);
    }
  }

  private static String firstLine(BufferedReader reader) {
    try {
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "(no output)" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "(no log)";
    }
  }

  private static void end(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Started(Process process, JsonNode ready, Path log) {}

  private record LocalServer(URI url, Started started, Path sampleFile) implements Hosted {
    @Override
    public URI loadUrl() {
      return url;
    }

    @Override
    public JsonNode configuration() {
      return started.ready;
    }

    @Override
    public String samples() {
      try {
        return Files.readString(sampleFile);
      } catch (IOException e) {
        throw new HostException("samples: " + sampleFile + " (expected: a readable file)", e);
      }
    }

    @Override
    public String log() {
      return tail(started.log);
    }

    @Override
    public void close() {
      end(started.process);
    }
  }
}
