package shedlab.bench.host;

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
  private static final String OWN_JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final ProcessBuilder.Redirect NOTHING =
      ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());
  private static final Duration READY = Duration.ofSeconds(30);

  /** A runner that is killed takes its processes with it. */
  private static final List<String> ENDS_WITH_THIS =
      List.of("--ends-with", Long.toString(ProcessHandle.current().pid()));

  private final Distributions distributions;
  private final CpuSplit cpus;
  private final Path folder;
  private final String serverJava;
  private final Set<Process> alive = ConcurrentHashMap.newKeySet();
  private int started;
  private int antagonists;
  private String serverJvm = Runtime.version().toString();
  private @Nullable Injector injector;
  private @Nullable Process injectorProcess;

  /** Processes that keep their logs and samples in {@code folder}. */
  public ProcessHost(Distributions distributions, CpuSplit cpus, Path folder) {
    this(distributions, cpus, folder, "");
  }

  /**
   * The same, with another JVM for the servers than this one.
   *
   * @param serverJava the path of a {@code java} executable; empty for this JVM's
   * @throws HostException if it is not one
   */
  public ProcessHost(Distributions distributions, CpuSplit cpus, Path folder, String serverJava) {
    if (!serverJava.isEmpty() && !Files.isExecutable(Path.of(serverJava))) {
      throw new HostException("server-java: " + serverJava + " (expected: a java executable)");
    }
    this.serverJava = serverJava;
    this.distributions = distributions;
    this.cpus = cpus;
    this.folder = folder;
  }

  @Override
  public String kind() {
    return Taskset.isThere() ? "processes" : "processes (not pinned)";
  }

  @Override
  public String image() {
    return serverJava;
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
    List<String> command = serverJvm(JvmFlags.server(cpus.server().size()));
    command.addAll(Distributions.serverMain(distributions.servers().toString()));
    command.addAll(settings.arguments("127.0.0.1", 0, samples.toString()));
    command.addAll(ENDS_WITH_THIS);
    Started server = start(name, command, NOTHING);
    serverJvm = server.ready.path("javaVersion").asText(serverJvm);
    URI url = URI.create("http://127.0.0.1:" + server.ready.get("port").asInt());
    return new LocalServer(this, url, server, samples);
  }

  @Override
  public Injector injector() {
    if (injector == null) {
      List<String> command =
          java(OWN_JAVA, cpus.injectorList(), JvmFlags.injector(cpus.injector().size()));
      command.add("-cp");
      command.add(distributions.injectorJar().toString());
      command.addAll(Injector.main("127.0.0.1", 0, folder.resolve("injector").toString()));
      command.addAll(ENDS_WITH_THIS);
      Started process = start("injector", command, NOTHING);
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

  private List<String> serverJvm(List<String> flags) {
    return java(serverJava.isEmpty() ? OWN_JAVA : serverJava, cpus.serverList(), flags);
  }

  private List<String> java(String java, String cpuList, List<String> flags) {
    List<String> command = new ArrayList<>(Taskset.prefix(cpuList));
    command.add(java);
    command.addAll(flags);
    return command;
  }

  /** Takes so many cores' worth of the server's CPUs, as long as it is let. */
  private Process antagonist(double cores) {
    if (!Taskset.isThere()) {
      throw new HostException(
          "taskset: missing (expected: to keep a neighbour on the server's CPUs)");
    }
    List<String> command = serverJvm(JvmFlags.antagonist(cpus.server().size()));
    command.addAll(Distributions.serverMain(distributions.servers().toString()));
    command.addAll(List.of("antagonist", "--cores=" + cores));
    return start("antagonist-" + ++antagonists, command, ProcessBuilder.Redirect.PIPE).process;
  }

  private Started start(String name, List<String> command, ProcessBuilder.Redirect input) {
    Path log = folder.resolve(name + ".log");
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(command).redirectError(log.toFile()).redirectInput(input).start();
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

  private static final class LocalServer implements Hosted {
    private final ProcessHost host;
    private final URI url;
    private final Started started;
    private final Path sampleFile;
    private @Nullable Process antagonist;

    LocalServer(ProcessHost host, URI url, Started started, Path sampleFile) {
      this.host = host;
      this.url = url;
      this.started = started;
      this.sampleFile = sampleFile;
    }

    @Override
    public URI url() {
      return url;
    }

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
    public void cpuShare(double share) {
      CpuShare wanted = new CpuShare(share);
      endAntagonist();
      if (!wanted.whole()) {
        antagonist = host.antagonist(wanted.taken(host.cpus.server().size()));
      }
    }

    private void endAntagonist() {
      if (antagonist != null) {
        end(antagonist);
        antagonist = null;
      }
    }

    @Override
    public String log() {
      return tail(started.log);
    }

    @Override
    public void close() {
      endAntagonist();
      end(started.process);
    }
  }
}
