package shedlab.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import shedlab.servers.host.ServerConfig;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;
import shedlab.task.CpuTask;

/**
 * Runs one server with one strategy until SIGTERM or SIGINT. Prints one line of JSON when it is
 * ready: the whole resolved configuration. Bad input ends it with exit code 2 and one line on
 * standard error, {@code key: value (expected: rule)}.
 */
@Command(
    name = "servers",
    description = "The load-shedding endpoint on one server with one strategy.",
    subcommands = {
      StrategiesCommand.class,
      OptionsCommand.class,
      AntagonistCommand.class,
      FloorCommand.class
    },
    sortOptions = false)
public final class ServerMain implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  /** Its exit code when whoever started it is gone. */
  static final int ORPHAN = 3;

  private final ServerOptions options = new ServerOptions();

  /** Runs until killed; see the class comment. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** {@link #main} without the end of the process: returns its exit code. */
  static int execute(String... arguments) {
    // Undertow logs through jboss-logging, which would write to standard error on its own.
    System.setProperty("org.jboss.logging.provider", "slf4j");
    if (System.getProperty(Strategies.PLUG_INS) == null) {
      System.setProperty(Strategies.PLUG_INS, "strategies/plugins");
    }
    try {
      Strategies.installed();
    } catch (SpecException e) { // of somebody's jar; many classes would need it at once
      System.err.println(e.getMessage());
      return BAD_INPUT;
    }
    CommandLine command =
        command()
            .setParameterExceptionHandler((e, given) -> refuse(Refusal.of(e)))
            .setExecutionExceptionHandler((e, line, result) -> refuse(e));
    return command.execute(arguments);
  }

  static CommandLine command() {
    ServerMain main = new ServerMain();
    CommandSpec spec = CommandSpec.forAnnotatedObject(main);
    main.options.addTo(spec);
    spec.addOption(
        OptionSpec.builder("--help")
            .usageHelp(true)
            .type(boolean.class)
            .description("show this and stop")
            .build());
    return new CommandLine(spec);
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
    ServerKind kind = options.server();
    ServerConfig config = options.config();
    options.endsWith().ifPresent(ServerMain::endWith);
    options.leaseSeconds().ifPresent(Lease::hold);
    Service service;
    try {
      service = Service.start(kind, config, CpuTask::run);
    } catch (Exception e) {
      throw Refusal.toStart(config, e);
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(service, config), "shedlab-shutdown"));
    ThreadWatch.over(service);
    System.out.println(ready(kind, config, service));
    System.out.flush();
    new CountDownLatch(1).await(); // the shutdown hook ends the process
    return 0;
  }

  /** Ends this process when its runner has ended, even if the runner was killed. */
  private static void endWith(long pid) {
    Runnable halt = () -> Runtime.getRuntime().halt(ORPHAN);
    var watched = ProcessHandle.of(pid).map(other -> other.onExit().thenRun(halt));
    if (watched.isEmpty()) {
      halt.run();
    }
  }

  /**
   * Drains. The exit code of a process that a signal ends is the signal's, unless it is halted
   * before: a stop that was asked for is a success.
   */
  private static void stop(Service service, ServerConfig config) {
    try {
      if (!service.drain(Duration.ofSeconds(config.drainSeconds()))) {
        System.err.println(
            SpecException.message(
                "drain-seconds", config.drainSeconds(), "enough to finish; cut off"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static String ready(ServerKind kind, ServerConfig config, Service service)
      throws JsonProcessingException {
    Path samples = config.sampling().file();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ready", true);
    line.put("server", kind.toString());
    line.put("serverVersion", service.version());
    line.put("strategy", config.strategy().toString());
    line.put("protocol", config.listening().protocol().toString().toLowerCase(Locale.ROOT));
    line.put("refuseWith", config.refuseWith().toString());
    line.put("retryAfter", config.retryAfter().toString());
    line.put("host", config.listening().host());
    line.put("port", service.port());
    line.put("ioThreads", config.threads().io());
    line.put("workers", config.threads().workers());
    line.put("workerNice", config.threads().worker().nice());
    line.put("workerNiceEffective", service.worker().nice());
    line.put("workerPolicy", config.threads().worker().policy().toString());
    line.put("workerPolicyEffective", service.worker().policy().toString());
    line.put("workerSlice", config.threads().worker().sliceText());
    line.put("workerSliceEffective", service.worker().sliceText());
    line.put("compilerNice", config.threads().compilerNice());
    line.put("compilerNiceEffective", service.compilerNice());
    line.put("taskOn", config.placement().taskOn().toString());
    line.put("gateOn", config.placement().gateOn().toString());
    line.put("ioNice", config.placement().io().nice());
    line.put("ioSlice", config.placement().io().sliceText());
    line.put("ioSliceEffective", service.io().sliceText());
    line.put("ioCpu", config.placement().ioCpu().toString());
    line.put("taskUnits", config.taskUnits());
    line.put("acceptBacklog", config.listening().acceptBacklog());
    line.put("maxConnections", config.listening().maxConnections());
    line.put("tickMillis", config.tickMillis());
    line.put("samples", samples == null ? null : samples.toString());
    line.put("sampleMillis", config.sampling().millis());
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
