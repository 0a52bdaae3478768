package shedlab.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import shedlab.retry.RetryAfter;
import shedlab.servers.host.Descriptors;
import shedlab.servers.host.Placement;
import shedlab.servers.host.Placement.GateOn;
import shedlab.servers.host.Placement.IoCpu;
import shedlab.servers.host.Placement.TaskOn;
import shedlab.servers.host.Protocol;
import shedlab.servers.host.RefuseWith;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.threads.Scheduling;
import shedlab.servers.threads.Scheduling.Policy;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;
import shedlab.task.CpuTask;

/**
 * The options of a server: each is one {@link Parameter} with its key, meaning, rule and default,
 * from which come the command line, its help and the table in the README.
 */
final class ServerOptions {
  private static final Duration SHORTEST_SLICE = Duration.ofNanos(100_000);
  private static final Duration LONGEST_SLICE = Duration.ofMillis(100);

  private static final Parameter<ServerKind> SERVER =
      Parameter.choice("server", "the server", ServerKind.class);
  private static final Parameter<Strategy> STRATEGY =
      new Parameter<>(
              "strategy",
              "admission strategy",
              "a strategy; the command strategies lists them",
              null,
              Strategies.installed()::parse,
              Strategy::toString)
          .defaultsTo(Strategies.installed().parse("none"));
  private static final Parameter<Protocol> PROTOCOL =
      Parameter.choice("protocol", "what is spoken; h2 is HTTP/2 over TLS", Protocol.class)
          .defaultsTo(Protocol.HTTP);
  private static final Parameter<RefuseWith> REFUSE_WITH =
      new Parameter<>(
              "refuse-with",
              "how a refusal is told; reset needs h2, connection closes new ones at accept",
              RefuseWith.rule(),
              null,
              RefuseWith::of,
              RefuseWith::toString)
          .defaultsTo(RefuseWith.STATUS);
  private static final Parameter<Integer> PORT =
      Parameter.integer("port", "port; 0 for any free one", 0, 65_535).defaultsTo(8_080);
  private static final Parameter<String> HOST =
      text("host", "address to listen on", "an address of this machine").defaultsTo("127.0.0.1");
  private static final Parameter<Integer> IO_THREADS =
      Parameter.integer("io-threads", "threads that read, decide and write", 1, 64).defaultsTo(1);
  private static final Parameter<Integer> WORKERS =
      Parameter.integer("workers", "threads that do the CPU work", 1, 1_024).defaultsTo(4);
  private static final Parameter<Integer> WORKER_NICE =
      Parameter.integer("worker-nice", "nice value of the workers; 20: SCHED_IDLE", 0, 20)
          .defaultsTo(10);
  private static final Parameter<Policy> WORKER_POLICY =
      Parameter.choice("worker-policy", "scheduling policy of the workers", Policy.class)
          .defaultsTo(Policy.OTHER);
  private static final Parameter<Duration> WORKER_SLICE =
      slice("worker-slice", "time slice of the workers (Linux 6.12)");
  private static final Parameter<Integer> COMPILER_NICE =
      Parameter.integer("compiler-nice", "nice value of the JVM's compiler threads", 0, 20)
          .defaultsTo(10);
  private static final Parameter<TaskOn> TASK_ON =
      Parameter.choice("task-on", "thread that does the task", TaskOn.class)
          .defaultsTo(TaskOn.WORKERS);
  private static final Parameter<GateOn> GATE_ON =
      Parameter.choice("gate-on", "thread on which the gate decides", GateOn.class)
          .defaultsTo(GateOn.IO);
  private static final Parameter<Integer> IO_NICE =
      Parameter.integer("io-nice", "nice value of the I/O threads", -20, 19).defaultsTo(0);
  private static final Parameter<Duration> IO_SLICE =
      slice("io-slice", "time slice of the I/O threads (Linux 6.12)");
  private static final Parameter<IoCpu> IO_CPU =
      Parameter.choice("io-cpu", "own: the I/O threads have a CPU of their own", IoCpu.class)
          .defaultsTo(IoCpu.SHARED);
  private static final Parameter<RetryAfter> RETRY_AFTER =
      RetryAfter.parameter(
              "retry-after",
              "what a 429 tells its client to wait; drain: what the gate needs for what it has")
          .defaultsTo(new RetryAfter(1));
  private static final Parameter<Integer> TASK_UNITS =
      Parameter.integer("task-units", "work of a request without units", 1, CpuTask.MAX_UNITS)
          .defaultsTo(1_000);
  private static final Parameter<Integer> ACCEPT_BACKLOG =
      Parameter.integer("accept-backlog", "the kernel's accept queue", 1, 65_535).defaultsTo(1_024);
  private static final Parameter<Integer> MAX_CONNECTIONS =
      Parameter.integer(
          "max-connections",
          "open connections; without it, what file descriptors allow",
          1,
          1_000_000);
  private static final Parameter<Integer> TICK_MILLIS =
      Parameter.integer("tick-millis", "time between the gate's heartbeats", 1, 1_000)
          .defaultsTo(5);
  private static final Parameter<Path> SAMPLES =
      new Parameter<>(
          "samples",
          "CSV file to append samples to; none without it",
          "a path",
          null,
          text -> text.isEmpty() ? null : Path.of(text),
          Path::toString);
  private static final Parameter<Integer> SAMPLE_MILLIS =
      Parameter.integer("sample-millis", "time between samples", 1, 60_000).defaultsTo(100);
  private static final Parameter<Integer> DRAIN_SECONDS =
      Parameter.integer("drain-seconds", "longest wait for work when it stops", 0, 3_600)
          .defaultsTo(10);
  private static final Parameter<Integer> ENDS_WITH =
      Parameter.integer(
          "ends-with", "process id; the server ends when that process has", 1, Integer.MAX_VALUE);
  private static final Parameter<Integer> LEASE_SECONDS =
      Parameter.integer(
          "lease-seconds",
          "the server ends when its standard input ends or is silent for so long",
          1,
          3_600);

  /** In the order of the help. */
  static final List<Parameter<?>> ALL =
      List.of(
          SERVER,
          STRATEGY,
          PROTOCOL,
          REFUSE_WITH,
          PORT,
          HOST,
          IO_THREADS,
          WORKERS,
          WORKER_NICE,
          WORKER_POLICY,
          WORKER_SLICE,
          COMPILER_NICE,
          TASK_ON,
          GATE_ON,
          IO_NICE,
          IO_SLICE,
          IO_CPU,
          RETRY_AFTER,
          TASK_UNITS,
          ACCEPT_BACKLOG,
          MAX_CONNECTIONS,
          TICK_MILLIS,
          SAMPLES,
          SAMPLE_MILLIS,
          DRAIN_SECONDS,
          ENDS_WITH,
          LEASE_SECONDS);

  private final Map<Parameter<?>, Object> given = new HashMap<>();

  private static Parameter<String> text(String key, String idea, String rule) {
    return new Parameter<>(key, idea, rule, null, text -> text, text -> text);
  }

  /** What the kernel takes. */
  private static Parameter<Duration> slice(String key, String idea) {
    Parameter<Duration> any = Parameter.durationOrNone(key, idea);
    return new Parameter<>(
            key,
            idea,
            "a duration from 100us to 100ms, or none",
            null,
            text -> {
              Duration slice = any.read(text);
              boolean inside =
                  slice.compareTo(SHORTEST_SLICE) >= 0 && slice.compareTo(LONGEST_SLICE) <= 0;
              return inside || slice.isZero() ? slice : null;
            },
            any.writer())
        .defaultsTo(Duration.ZERO);
  }

  /** Makes all of them options of the command; what it is given is kept here. */
  void addTo(CommandSpec command) {
    for (Parameter<?> parameter : ALL) {
      OptionSpec.Builder option =
          OptionSpec.builder("--" + parameter.key())
              .type(Object.class)
              .paramLabel(parameter.key())
              .arity("1")
              .description(
                  parameter.idea().replace("%", "%%")
                      + ": "
                      + parameter.rule()
                      + " ("
                      + byDefault(parameter)
                      + ")")
              .converters(text -> read(parameter, text))
              .setter(
                  new picocli.CommandLine.Model.ISetter() {
                    @Override
                    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"})
                    public <T> @Nullable T set(T value) {
                      return value == null ? null : (T) given.put(parameter, value);
                    }
                  });
      command.addOption(option.build());
    }
  }

  private static Object read(Parameter<?> parameter, String text) {
    if (parameter.equals(STRATEGY)) { // says itself what is wrong in which piece
      return Strategies.installed().parse(text);
    }
    Object value = parameter.read(text);
    return value;
  }

  private static String byDefault(Parameter<?> parameter) {
    String text = parameter.defaultText();
    return text != null ? "default " + text : parameter.equals(SERVER) ? "required" : "optional";
  }

  /** The table in the README. */
  static String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| option | what it sets | values | default |\n|---|---|---|---|\n");
    for (Parameter<?> option : ALL) {
      String text = option.defaultText();
      table.append("| `--%s` | %s | ".formatted(option.key(), option.idea()));
      table.append("%s | %s |\n".formatted(option.rule(), text == null ? "" : "`" + text + "`"));
    }
    return table.toString();
  }

  private <T> Optional<T> find(Parameter<T> parameter) {
    @SuppressWarnings("unchecked") // its own converter made it
    T value = (T) given.getOrDefault(parameter, parameter.defaultValue());
    return Optional.ofNullable(value);
  }

  private <T> T get(Parameter<T> parameter) {
    return find(parameter)
        .orElseThrow(() -> new SpecException(parameter.key(), "(not given)", parameter.rule()));
  }

  ServerKind server() {
    return get(SERVER);
  }

  /** The process whose end is to be this one's. */
  Optional<Integer> endsWith() {
    return find(ENDS_WITH);
  }

  /** How long its standard input may be silent, in seconds; for ever without it. */
  Optional<Integer> leaseSeconds() {
    return find(LEASE_SECONDS);
  }

  /**
   * Everything the server is told.
   *
   * @throws SpecException if options do not go together
   */
  ServerConfig config() {
    return new ServerConfig(
        get(STRATEGY),
        new ServerConfig.Listening(
            get(PROTOCOL),
            get(HOST),
            get(PORT),
            get(ACCEPT_BACKLOG),
            find(MAX_CONNECTIONS).orElseGet(Descriptors::forConnections)),
        new ServerConfig.Threads(
            get(IO_THREADS),
            get(WORKERS),
            new Scheduling(get(WORKER_NICE), get(WORKER_POLICY), get(WORKER_SLICE)),
            get(COMPILER_NICE)),
        new Placement(
            get(TASK_ON),
            get(GATE_ON),
            new Scheduling(get(IO_NICE), Policy.OTHER, get(IO_SLICE)),
            get(IO_CPU)),
        get(RETRY_AFTER),
        get(REFUSE_WITH),
        get(TASK_UNITS),
        get(TICK_MILLIS),
        new ServerConfig.Sampling(find(SAMPLES).orElse(null), get(SAMPLE_MILLIS)),
        get(DRAIN_SECONDS));
  }
}
