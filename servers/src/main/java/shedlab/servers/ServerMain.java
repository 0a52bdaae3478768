package shedlab.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.servers.host.Placement;
import shedlab.servers.host.ServerConfig;
import shedlab.task.CpuTask;

/**
 * Runs one server with one strategy until SIGTERM or SIGINT. Prints one line of JSON when it is
 * ready: the whole resolved configuration. Bad input ends it with exit code 2 and one line on
 * standard error, {@code key: value (expected: rule)}.
 */
@Command(
    name = "servers",
    description = "The load-shedding endpoint on one server with one strategy.",
    subcommands = {StrategiesCommand.class, AntagonistCommand.class},
    sortOptions = false)
public final class ServerMain implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  private static final int ORPHAN = 3;

  @Option(names = "--server", description = "undertow, jetty or netty")
  private String server = "";

  @Option(names = "--strategy", description = "admission strategy (${DEFAULT-VALUE})")
  private String strategy = "none";

  @Option(names = "--port", description = "port; 0 for any free one (${DEFAULT-VALUE})")
  private String port = "8080";

  @Option(names = "--host", description = "address to listen on (${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(names = "--io-threads", description = "I/O threads (${DEFAULT-VALUE})")
  private String ioThreads = "1";

  @Option(names = "--workers", description = "worker threads (${DEFAULT-VALUE})")
  private String workers = "4";

  @Option(names = "--worker-nice", description = "the workers' nice value (${DEFAULT-VALUE})")
  private String workerNice = "10";

  @Option(names = "--compiler-nice", description = "the compilers' nice value (${DEFAULT-VALUE})")
  private String compilerNice = "19";

  @Option(names = "--task-on", description = "workers, io or virtual (${DEFAULT-VALUE})")
  private String taskOn = "workers";

  @Option(names = "--gate-on", description = "io, workers or pool (${DEFAULT-VALUE})")
  private String gateOn = "io";

  @Option(names = "--io-nice", description = "the I/O threads' nice value (${DEFAULT-VALUE})")
  private String ioNice = "0";

  @Option(names = "--io-cpu", description = "shared, or own: a CPU for I/O (${DEFAULT-VALUE})")
  private String ioCpu = "shared";

  @Option(names = "--task-units", description = "units of work by default (${DEFAULT-VALUE})")
  private String taskUnits = "1000";

  @Option(names = "--accept-backlog", description = "kernel's accept queue (${DEFAULT-VALUE})")
  private String acceptBacklog = "1024";

  @Option(names = "--tick-millis", description = "the gate's heartbeat (${DEFAULT-VALUE})")
  private String tickMillis = "5";

  @Option(names = "--samples", description = "file to append samples to, as CSV")
  private String samples = "";

  @Option(names = "--sample-millis", description = "time between samples (${DEFAULT-VALUE})")
  private String sampleMillis = "100";

  @Option(names = "--drain-seconds", description = "longest wait at a stop (${DEFAULT-VALUE})")
  private String drainSeconds = "10";

  @Option(names = "--ends-with", description = "id of a process; ends when that has ended")
  private String endsWith = "";

  @Option(names = "--help", usageHelp = true, description = "show this and stop")
  @SuppressWarnings("UnusedVariable") // picocli asks its own model
  private boolean help;

  /** Runs until killed; see the class comment. */
  public static void main(String[] arguments) {
    // Undertow logs through jboss-logging, which would write to standard error on its own.
    System.setProperty("org.jboss.logging.provider", "slf4j");
    CommandLine command =
        new CommandLine(new ServerMain())
            .setParameterExceptionHandler((e, given) -> refuse(Refusal.of(e)))
            .setExecutionExceptionHandler((e, line, result) -> refuse(e));
    System.exit(command.execute(arguments));
  }

  private static int refuse(Exception e) throws Exception {
    if (e instanceof IllegalArgumentException) {
      System.err.println(e.getMessage());
      return BAD_INPUT;
    }
    throw e;
  }

  @Override
  public Integer call() throws Exception {
    if (server.isEmpty()) {
      throw Refusal.of("server", "(not given)", "one of " + ServerKind.names());
    }
    ServerKind kind =
        ServerKind.named(server)
            .orElseThrow(() -> Refusal.of("server", server, "one of " + ServerKind.names()));
    ServerConfig config = config();
    if (!endsWith.isEmpty()) {
      endWith(Refusal.whole("ends-with", endsWith, 1, Integer.MAX_VALUE));
    }
    Service service;
    try {
      service = Service.start(kind, config, CpuTask::run);
    } catch (Exception e) {
      throw Refusal.toStart(config, e);
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(service, config), "shedlab-shutdown"));
    System.out.println(ready(kind, config, service));
    System.out.flush();
    new CountDownLatch(1).await(); // the shutdown hook ends the process
    return 0;
  }

  /** A runner that was killed leaves no server behind. */
  private static void endWith(long pid) {
    Runnable halt = () -> Runtime.getRuntime().halt(ORPHAN);
    var watched = ProcessHandle.of(pid).map(other -> other.onExit().thenRun(halt));
    if (watched.isEmpty()) {
      halt.run();
    }
  }

  private ServerConfig config() {
    return new ServerConfig(
        Refusal.strategy(strategy),
        host,
        Refusal.whole("port", port, 0, 65_535),
        Refusal.whole("io-threads", ioThreads, 1, 64),
        Refusal.whole("workers", workers, 1, 1_024),
        Refusal.whole("worker-nice", workerNice, 0, 20),
        Refusal.whole("compiler-nice", compilerNice, 0, 20),
        Refusal.whole("task-units", taskUnits, 1, CpuTask.MAX_UNITS),
        Refusal.whole("accept-backlog", acceptBacklog, 1, 65_535),
        Refusal.whole("tick-millis", tickMillis, 1, 1_000),
        samples.isEmpty() ? null : Refusal.path("samples", samples),
        Refusal.whole("sample-millis", sampleMillis, 1, 60_000),
        Refusal.whole("drain-seconds", drainSeconds, 0, 3_600),
        new Placement(
            Refusal.oneOf("task-on", taskOn, Placement.TaskOn.class),
            Refusal.oneOf("gate-on", gateOn, Placement.GateOn.class),
            Refusal.whole("io-nice", ioNice, -20, 19),
            Refusal.oneOf("io-cpu", ioCpu, Placement.IoCpu.class)));
  }

  /**
   * Drains. The exit code of a process that a signal ends is the signal's, unless it is halted
   * before: a stop that was asked for is a success.
   */
  private static void stop(Service service, ServerConfig config) {
    try {
      if (!service.drain(Duration.ofSeconds(config.drainSeconds()))) {
        System.err.println(
            "drain-seconds: " + config.drainSeconds() + " (expected: enough to finish; cut off)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private String ready(ServerKind kind, ServerConfig config, Service service)
      throws JsonProcessingException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ready", true);
    line.put("server", kind.toString());
    line.put("serverVersion", service.version());
    line.put("strategy", config.strategy());
    line.put("host", config.host());
    line.put("port", service.port());
    line.put("ioThreads", config.ioThreads());
    line.put("workers", config.workers());
    line.put("workerNice", config.workerNice());
    line.put("workerNiceEffective", service.workerNice());
    line.put("compilerNice", config.compilerNice());
    line.put("compilerNiceEffective", service.compilerNice());
    line.put("taskOn", taskOn);
    line.put("gateOn", gateOn);
    line.put("ioNice", config.placement().ioNice());
    line.put("ioCpu", ioCpu);
    line.put("taskUnits", config.taskUnits());
    line.put("acceptBacklog", config.acceptBacklog());
    line.put("tickMillis", config.tickMillis());
    line.put("samples", config.samples() == null ? null : config.samples().toString());
    line.put("sampleMillis", config.sampleMillis());
    line.put("drainSeconds", config.drainSeconds());
    line.put("idleSeconds", ServerConfig.IDLE_SECONDS);
    line.put("maxHeaderBytes", ServerConfig.MAX_HEADER_BYTES);
    line.put("maxBodyBytes", ServerConfig.MAX_BODY_BYTES);
    line.put("pid", ProcessHandle.current().pid());
    line.put("javaVersion", System.getProperty("java.version"));
    line.put("availableProcessors", Runtime.getRuntime().availableProcessors());
    return new ObjectMapper().writeValueAsString(line);
  }
}
