package shedlab.bench.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.bench.setting.JvmArchive;
import shedlab.report.file.Scratch;
import shedlab.report.raw.Floor;
import shedlab.report.result.CpuList;

/** Local processes, pinned with {@code taskset} where that exists. */
public final class ProcessHost implements Host {
  private static final String OWN_JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final ProcessBuilder.Redirect NOTHING =
      ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());
  private static final Duration READY = Duration.ofSeconds(30);

  /** If the runner is killed, its processes end too. */
  private static final List<String> ENDS_WITH_THIS =
      List.of("--ends-with", Long.toString(ProcessHandle.current().pid()));

  private final Distributions distributions;
  private final CpuSplit cpus;
  private final Path folder;
  private final String serverJava;
  private final Duration ready;
  private final Set<LocalProcess> alive = ConcurrentHashMap.newKeySet();
  private int started;
  private int antagonists;
  private String serverJvm = Runtime.version().toString();
  private final List<LocalProcess> injectorProcesses = new ArrayList<>();
  private @Nullable Injector injector;
  private List<String> injectorFlags = List.of();

  /** Processes that keep their logs and samples in {@code folder}, until the host is closed. */
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
    this(distributions, cpus, folder, serverJava, READY);
  }

  /** The same, with another time within which a JVM has to be ready. */
  ProcessHost(
      Distributions distributions, CpuSplit cpus, Path folder, String serverJava, Duration ready) {
    if (!serverJava.isEmpty() && !Files.isExecutable(Path.of(serverJava))) {
      throw new HostException("server-java", serverJava, "a java executable");
    }
    this.serverJava = serverJava;
    this.ready = ready;
    this.distributions = distributions;
    this.cpus = cpus;
    this.folder = folder.resolve("processes");
  }

  /** Starts load generators with further JVM flags, behind those of every run. */
  public void startInjectorsWith(List<String> flags) {
    injectorFlags = List.copyOf(flags);
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

  int serverCpus() {
    return cpus.server().size();
  }

  @Override
  public RunningServer startServer(ServerSettings settings) {
    return startServer(settings, cpus.server(), 0);
  }

  /**
   * A fresh server on some of the server's CPUs.
   *
   * @param port where it listens; 0 for any free port
   * @throws HostException if it does not become ready
   */
  public RunningServer startServer(ServerSettings settings, List<Integer> onCpus, int port) {
    String name = "server-" + ++started;
    Path samples = folder.resolve(name + ".csv");
    List<String> command = new ArrayList<>(Taskset.prefix(CpuList.of(onCpus).toString()));
    Path recordings = folder.resolve(name + "-recordings").toAbsolutePath();
    List<String> flags = new ArrayList<>(archiveFlags(settings));
    flags.addAll(JvmFlags.server(onCpus.size(), settings, recordings.toString()));
    command.addAll(serverCommand(flags));
    command.addAll(settings.arguments("127.0.0.1", port, samples.toString()));
    command.addAll(ENDS_WITH_THIS);
    LocalProcess server = start(name, command, NOTHING);
    JsonNode configuration = server.awaitReady(ready);
    serverJvm = configuration.path("javaVersion").asText(serverJvm);
    Optional<Path> recording = settings.profiled() ? Optional.of(recordings) : Optional.empty();
    return new LocalServer(this, server, configuration, samples, recording, settings.trains());
  }

  /** The archives of this host, one for each server, are in its folder. */
  private List<String> archiveFlags(ServerSettings settings) {
    Path file = folder.resolve(settings.server() + "-" + settings.archive() + ".archive");
    if (settings.archive() != JvmArchive.NONE && !settings.trains() && !Files.exists(file)) {
      throw new HostException(
          "jvm-archive",
          settings.archive(),
          "written by a server of the kind " + settings.server() + " that ended before");
    }
    return settings.archiveFlags(file.toAbsolutePath().toString());
  }

  /**
   * The command that starts one of our servers, to which its options are added.
   *
   * @param warmed whether it has to be warm when it is measured
   */
  public List<String> serverCommand(boolean warmed) {
    return serverCommand(JvmFlags.server(cpus.server().size(), warmed));
  }

  private List<String> serverCommand(List<String> flags) {
    List<String> command = new ArrayList<>(List.of(serverJava()));
    command.addAll(flags);
    command.addAll(distributions.serversHere());
    return command;
  }

  @Override
  public Injector injector() {
    if (injector == null) {
      injector = Injectors.startedBy(this::startInjector, cpus, this::dropInjector);
    }
    return injector;
  }

  private RemoteInjector startInjector(int number) {
    String name = cpus.injectorName(number);
    String list = CpuList.of(cpus.injectors().get(number)).toString();
    List<String> command = java(OWN_JAVA, list, JvmFlags.injector(cpus, number));
    command.addAll(injectorFlags);
    command.add("-jar");
    command.add(distributions.injectorJar().toString());
    command.addAll(RemoteInjector.arguments("127.0.0.1", 0, folder.resolve(name).toString()));
    command.addAll(ENDS_WITH_THIS);
    LocalProcess process = start(name, command, NOTHING);
    injectorProcesses.add(process);
    URI url = local(process.awaitReady(ready));
    return new RemoteInjector(name, url, OptionalLong.of(process.pid()));
  }

  @Override
  public Map<String, SortedMap<Integer, Histogram>> wakeUps(Duration time) {
    Path file = folder.resolve("floor.csv");
    List<String> command =
        java(serverJava(), cpus.list(), JvmFlags.floor(CpuList.parse(cpus.list()).size()));
    command.addAll(distributions.serversHere());
    command.addAll(Distributions.floor(time, file.toString()));
    LocalProcess process = start("floor", command, NOTHING);
    process.awaitReady(ready.plus(time));
    long end = System.currentTimeMillis();
    process.end();
    return Map.of(Floor.ONE_MACHINE, Distributions.wakeUps(read(file), end));
  }

  @Override
  public void dropInjector() {
    injectorProcesses.forEach(LocalProcess::end);
    injectorProcesses.clear();
    injector = null;
  }

  @Override
  public void close() {
    alive.forEach(LocalProcess::end);
    try {
      Scratch.delete(folder);
    } catch (IOException | UncheckedIOException e) {
      // Something still writes there; whoever made the folder above deletes it.
    }
  }

  private List<String> serverJvm(List<String> flags) {
    return java(serverJava(), cpus.serverList(), flags);
  }

  private String serverJava() {
    return serverJava.isEmpty() ? OWN_JAVA : serverJava;
  }

  private List<String> java(String java, String cpuList, List<String> flags) {
    List<String> command = new ArrayList<>(Taskset.prefix(cpuList));
    command.add(java);
    command.addAll(flags);
    return command;
  }

  /** A neighbour that takes so many cores' worth of the server's CPU time until it is ended. */
  LocalProcess antagonist(double cores) {
    if (!Taskset.isThere()) {
      throw new HostException("taskset", "missing", "to keep a neighbour on the server's CPUs");
    }
    List<String> command = serverJvm(JvmFlags.antagonist(cpus.server().size()));
    command.addAll(distributions.serversHere());
    command.addAll(List.of("antagonist", String.format(Locale.ROOT, "--cores=%.6f", cores)));
    LocalProcess antagonist =
        start("antagonist-" + ++antagonists, command, ProcessBuilder.Redirect.PIPE);
    antagonist.awaitReady(ready);
    return antagonist;
  }

  private LocalProcess start(String name, List<String> command, ProcessBuilder.Redirect input) {
    LocalProcess process = new LocalProcess(name, command, input, folder.resolve(name + ".log"));
    alive.add(process);
    return process;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new HostException("samples", file, "a readable file", e);
    }
  }

  /** Where a process serves that was told to take any free port. */
  static URI local(JsonNode ready) {
    String scheme = ready.path("protocol").asText("http").equals("http") ? "http" : "https";
    return URI.create(scheme + "://127.0.0.1:" + ready.path("port").asInt());
  }
}
