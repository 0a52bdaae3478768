package shedlab.bench.targets;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import shedlab.bench.container.ImageServer;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.OwnStrategy;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Injector;
import shedlab.bench.host.LocalProcess;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.host.Taskset;
import shedlab.spec.SpecException;

/** Another host, which starts our servers, and the targets of a run beside them. */
public final class TargetHost implements Host {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final int PAUSE_MILLIS = 50;
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /**
   * Ends with its whole group if the runner is killed. {@code exec}: the target takes this shell's
   * place, and is what the runner sees.
   */
  private static final String WATCHED =
      "(tail --pid=\"$ENDS_WITH\" -f /dev/null; kill -KILL 0) & exec \"$@\"";

  private final Host host;
  private final Targets targets;
  private final CpuSplit cpus;
  private final Path folder;
  private final String java;
  private final String shedlabServer;
  private final Set<String> built = new HashSet<>();
  private final Set<TargetServer> alive = ConcurrentHashMap.newKeySet();
  private int started;

  /**
   * Around a host.
   *
   * @param folder for logs
   * @param java for targets on the JVM; empty for this one's
   * @param shedlabServer the command that starts one of our servers, for a proxy that stands before
   *     it
   */
  public TargetHost(
      Host host,
      Targets targets,
      CpuSplit cpus,
      Path folder,
      String java,
      List<String> shedlabServer) {
    this.host = host;
    this.targets = targets;
    this.cpus = cpus;
    this.folder = folder.resolve("targets");
    this.java = java;
    this.shedlabServer =
        shedlabServer.stream().map(TargetHost::quoted).collect(Collectors.joining(" "));
  }

  /** As a shell reads it back, which a proxy's script does. */
  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public String kind() {
    return host.kind();
  }

  @Override
  public String image() {
    return host.image();
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>(host.facts());
    targets
        .all()
        .forEach(
            (name, target) -> facts.put("target " + name, target.title() + "; " + target.terms()));
    return facts;
  }

  @Override
  public RunningServer startServer(ServerSettings settings) {
    return targets
        .find(settings.server())
        .map(target -> (RunningServer) start(target, settings))
        .orElseGet(() -> host.startServer(settings));
  }

  /**
   * A target by itself, with its own limit or one of its limits.
   *
   * @throws HostException if it does not become ready
   */
  public TargetServer start(Target target, ServerSettings settings) {
    int limit =
        OwnStrategy.is(settings.strategy()) ? OwnStrategy.parse(settings.strategy()).limit() : 0;
    TargetServer server = open(target, settings, limit);
    alive.add(server);
    try {
      awaitReady(server);
      return server;
    } catch (HostException e) {
      server.close();
      throw e;
    }
  }

  private TargetServer open(Target target, ServerSettings settings, int limit) {
    Map<String, String> environment = environment(target, settings, limit);
    if (target.origin() instanceof Target.Address address) {
      return new TargetServer(
          target, address.url(), Optional.empty(), () -> "(not known)", () -> {});
    }
    if (target.origin() instanceof Target.Image image) {
      ImageServer server = ImageServer.start(image.image(), environment, cpus.serverList());
      OptionalLong pid = server.pid();
      Optional<ProcessHandle> process =
          pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
      return new TargetServer(target, server.url(), process, server::lastLine, server::close);
    }
    return start(target, (Target.Program) target.origin(), environment);
  }

  /** What every target is told, wherever it runs. */
  private Map<String, String> environment(Target target, ServerSettings settings, int limit) {
    Map<String, String> environment = new HashMap<>(target.environment());
    environment.put("CPUS", Integer.toString(cpus.server().size()));
    environment.put("WORKERS", Integer.toString(settings.workers()));
    environment.put("TASK_UNITS", Integer.toString(settings.taskUnits()));
    if (limit > 0) {
      environment.put("LIMIT", Integer.toString(limit));
    }
    return environment;
  }

  private TargetServer start(
      Target target, Target.Program program, Map<String, String> environment) {
    TargetBuild build = new TargetBuild(target.name(), program, java);
    String name = Cell.slug(target.name()) + "-" + ++started;
    if (!built.contains(target.name())) {
      build.run(folder.resolve(name + "-build.log"));
      built.add(target.name());
    }
    int port = freePort();
    List<String> command = new ArrayList<>(Taskset.prefix(cpus.serverList()));
    command.addAll(build.start());
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = watched(name, command, program.folder(), log);
    Map<String, String> variables = builder.environment();
    variables.remove("LIMIT"); // of this process, which means something else
    variables.putAll(build.environment());
    variables.putAll(environment);
    variables.put("HOST", "127.0.0.1");
    variables.put("PORT", Integer.toString(port));
    variables.put("SHEDLAB_SERVER", shedlabServer);
    variables.put("TMPDIR", folder.toAbsolutePath().toString()); // swept, whatever dies
    LocalProcess process = new LocalProcess(target.name(), builder, log);
    return new TargetServer(
        target,
        URI.create("http://127.0.0.1:" + port),
        Optional.of(process.handle()),
        process::lastLine,
        process::endGroup);
  }

  /** A command in a folder that ends with this process, whatever ends that. */
  static ProcessBuilder watched(String name, List<String> command, Path folder, Path log) {
    List<String> watched = new ArrayList<>(List.of("setsid", "sh", "-c", WATCHED, name));
    watched.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(watched)
            .directory(folder.toAbsolutePath().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("ENDS_WITH", Long.toString(ProcessHandle.current().pid()));
    return builder;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new HostException("port", HostException.reason(e), "a free one", e);
    }
  }

  private static void awaitReady(TargetServer server) {
    String name = server.target().name();
    String health = server.target().paths().health();
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve(health)).timeout(ANSWER).build();
    HttpClient http = ControlClient.connectingWithin(ANSWER);
    boolean runs = server.target().origin() instanceof Target.Address;
    Duration patience = runs ? ANSWER : READY; // it should have been up before
    long end = System.nanoTime() + patience.toNanos();
    String said = "no answer";
    while (System.nanoTime() - end < 0 && server.isAlive()) {
      said = said(http, request);
      if (said.equals("200")) {
        return;
      }
      pause();
    }
    if (!server.isAlive()) {
      throw LocalProcess.ended(name, "ended", "to serve", server.lastLine());
    }
    String rule = "200 within " + patience.toSeconds() + " s";
    String message = SpecException.message(name + ": GET " + health, said, rule);
    throw new HostException(runs ? message : LocalProcess.withLastLine(message, server.lastLine()));
  }

  /** The status of an answer, or why there is none. */
  private static String said(HttpClient http, HttpRequest request) {
    try {
      return Integer.toString(http.send(request, BodyHandlers.discarding()).statusCode());
    } catch (ConnectException e) { // it has no words of its own
      return "connection refused";
    } catch (IOException e) {
      return HostException.reason(e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("a target", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw HostException.interrupted("a target", e);
    }
  }

  @Override
  public Injector injector() {
    return host.injector();
  }

  @Override
  public Map<String, SortedMap<Integer, Histogram>> wakeUps(Duration time) {
    return host.wakeUps(time);
  }

  @Override
  public void dropInjector() {
    host.dropInjector();
  }

  @Override
  public void close() {
    try {
      alive.forEach(TargetServer::close);
    } finally {
      host.close();
    }
  }
}
