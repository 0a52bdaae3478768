package shedlab.bench.setting;

import static java.util.stream.Collectors.joining;
import static shedlab.bench.setting.Setting.NeededBy.CLIENT;
import static shedlab.bench.setting.Setting.NeededBy.RUN;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import shedlab.load.ArrivalProcess;
import shedlab.load.Named;
import shedlab.load.ServiceLaw;
import shedlab.report.result.Phase;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.Slowdown;
import shedlab.simulation.model.Tenant;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;
import shedlab.task.CpuTask;

/**
 * Every key of an experiment. A new one is an entry here, in {@link BlockKeys}, {@link LoadKeys},
 * {@link FleetKeys}, {@link ServerKeys} or {@link JvmKeys}, and the code that acts on it.
 */
public final class Schema {
  /** The servers that this project brings along. */
  public static final List<String> SERVER_NAMES = List.of("undertow", "jetty", "netty");

  /** Words: the plain way in a list of variants, and a key without a value. */
  public static final String PLAIN = "plain";

  public static final String NONE = "none";

  private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();

  private static final Duration LEAST_TASK = Duration.ofNanos(10_000); // a few units on any machine
  private static final Duration MOST_TASK = Duration.ofSeconds(5);
  private static final String WORDS = "words, separated by blanks, each once";

  public static final Setting<String> QUESTION =
      add(
          Setting.<String>of("question", "one line of text", text -> text)
              .means("What the experiment asks."));

  public static final Setting<List<String>> SERVERS =
      add(
          Setting.of("servers", Reading.serversRule(), Reading::servers)
              .means(
                  "The servers to measure, separated by blanks or commas: ours, or targets, which are"
                      + " measured with the strategies that they have by themselves."));

  public static final Setting<List<String>> STRATEGIES =
      add(
          Setting.of("strategies", WORDS, text -> Reading.words("strategies", text, word -> word))
              .means(
                  "The strategies to measure. `${cpus}` is the number of the server's CPUs, `${workers}`"
                      + " its worker threads (`${workers*4}` multiplies, `/` divides), `${deadline}` the deadline,"
                      + " `${capacity}` its measured capacity per second. A variant may have fewer.")
              .inCell(RUN));

  public static final Setting<String> REFERENCE =
      add(
          Setting.<String>of("reference", "one of the strategies", text -> text)
              .means("The strategy that the others are compared with.")
              .or(""));

  public static final Setting<Boolean> TWIN =
      add(
          Setting.yesOrNo("twin")
              .means("Whether every block measures the reference twice, which shows the noise.")
              .or("no"));

  public static final Setting<List<String>> VARIANTS =
      add(
          Setting.of("variants", WORDS, text -> Reading.list("variants", text, Reading::variant))
              .means("Named ways to run every cell; `variant.NAME.KEY` says what each differs in.")
              .or(PLAIN));

  public static final Setting<List<Double>> LOADS =
      add(
          Setting.of("loads", "numbers from 0.05 to 100", Reading::loads)
              .means("The offered loads, in multiples of each server's capacity."));

  public static final Setting<FreshServer> FRESH_SERVER =
      add(
          Setting.choice("fresh-server", FreshServer.class)
              .means(
                  "What gets a fresh server: a strategy, with all its loads in rising order; a cell; or a"
                      + " block, in which one server takes all strategies, one after the other.")
              .or("strategy"));

  public static final Setting<Duration> TASK =
      add(
          Reading.within("task", LEAST_TASK, MOST_TASK, Duration.ofNanos(1_000))
              .means(
                  "The CPU time of a request's work, measured once and then a fixed number of units.")
              .or("4ms"));

  public static final Setting<Optional<Integer>> TASK_UNITS =
      add(
          Setting.of(
                  "task-units",
                  "a whole number from 1 to " + CpuTask.MAX_UNITS,
                  Reading.optional(Parameter.integer("task-units", "", 1, CpuTask.MAX_UNITS)::read))
              .means(
                  "The number of units of a task, for runs that are to be compared; else it is measured.")
              .or(""));

  public static final Setting<Duration> DEADLINE =
      add(
          Reading.millis("deadline")
              .means("A 200 later than this after the intended start is late.")
              .or("250ms"));

  public static final Setting<Duration> LEAD_IN =
      add(
          Reading.secondsOrNone("lead-in")
              .means("How long a load goes on before the measured window begins.")
              .or("1s"));

  public static final Setting<Optional<Duration>> MEASURE =
      add(
          Setting.of(
                  "measure",
                  "whole seconds, such as 5s",
                  Reading.optional(text -> Reading.wholeSeconds("measure", text)))
              .means("The length of the window that is measured, if it has no `phases`.")
              .or("5s"));

  public static final Setting<List<Phase>> PHASES =
      add(
          Setting.of("phases", Course.RULE, Course::parse)
              .means("The course of the load in the window, in multiples of the cell's load.")
              .or(""));

  public static final Setting<Integer> SEED =
      add(
          Setting.of(Parameter.integer("seed", "", 0, Integer.MAX_VALUE))
              .means("The seed of arrivals, task sizes and the order of the cells.")
              .or("20261101"));

  public static final Setting<Duration> WARM_UP =
      add(
          Reading.secondsOrNone("warm-up")
              .means("How long each side is warmed; 0s measures cold servers.")
              .or("9s")
              .inCell(RUN));

  public static final Setting<Duration> TIMEOUT =
      add(
          Reading.millis("timeout")
              .means("How long a client waits before it gives up.")
              .or("1s")
              .inCell(CLIENT));

  public static final Setting<Double> WORK =
      add(
          Setting.of(Parameter.real("work", "", 1e-6, 1_000))
              .means("The size of a request's work, in tasks; 1x stays what it is for one task.")
              .or("1")
              .inCell(CLIENT));

  public static final Setting<String> SERVICE_LAW =
      add(
          Setting.of(
                  "service-law",
                  "deterministic, exponential, bimodal:large=0.1,ratio=11, pareto:alpha=1.5,ratio=1000 or"
                      + " lognormal:cv=1",
                  text -> ServiceLaw.parse(text, 1_000_000).toString())
              .means("How requests differ in size.")
              .or("deterministic")
              .inCell(CLIENT));

  public static final Setting<ArrivalProcess> ARRIVALS =
      add(
          Setting.of(
                  "arrivals",
                  "poisson, constant, bursts:peak=5,on=50ms,every=1s, markov:peak=3,on=50ms,off=150ms,"
                      + " trace:file=... or log:file=...",
                  Reading::arrivals)
              .writtenBy(ArrivalProcess::toString)
              .means(
                  "How requests arrive in time; a recording or an access log may also have their sizes.")
              .or("poisson")
              .inCell(CLIENT));

  public static final Setting<Named<Retry>> RETRY =
      add(
          Setting.of(
                  "retry",
                  "none, immediate:tries=3 or backoff:tries=3,base=100ms,most=2s,budget=0.1,retry-after=yes",
                  text -> new Named<>(text, Retry.parse(text)))
              .means("Whether and how clients try again.")
              .or("none")
              .inCell(CLIENT));

  public static final Setting<Boolean> DISCONNECT =
      add(
          Setting.yesOrNo("disconnect")
              .means("Whether a client that gives up closes its connection.")
              .or("yes")
              .inCell(CLIENT));

  public static final Setting<Connections> CONNECTIONS =
      add(
          Setting.choice("connections", Connections.class)
              .means("Whether a request uses a kept connection or a new one.")
              .or("kept")
              .inCell(CLIENT));

  public static final Setting<Boolean> TELLS_DEADLINE =
      add(
          Setting.yesOrNo("tells-deadline")
              .means("Whether requests carry their deadline.")
              .or("no")
              .inCell(CLIENT));

  public static final Setting<List<Tenant>> TENANTS =
      add(
          Setting.of(
                  "tenants",
                  "name:share=1,urgency=3,work=1, separated by blanks",
                  text -> text.isEmpty() ? List.<Tenant>of() : Reading.tenants(text))
              .means("Kinds of clients, with their share of the load, urgency and size of work.")
              .or("")
              .inCell(CLIENT));

  public static final Setting<Optional<Slowdown>> SLOWDOWN =
      add(
          Setting.of("slowdown", "at=5s,factor=2 or none", Slowdown::read)
              .writtenBy(Reading::orNothing)
              .means("From when on tasks are larger, for good.")
              .or("")
              .inCell(CLIENT));

  public static final Setting<Optional<CapacityDrop>> CAPACITY_DROP =
      add(
          Setting.of("capacity-drop", "at=5s,for=5s,left=0.5 or none", CapacityDrop::read)
              .writtenBy(Reading::orNothing)
              .means("When, for how long and to what share the server loses CPU.")
              .or("")
              .inCell(RUN));

  public static final Setting<Boolean> HEALTHZ =
      add(
          Setting.yesOrNo("healthz")
              .means("Whether the server's health is probed during the load.")
              .or("no")
              .inCell(RUN));

  public static final Setting<Integer> WORKERS_PER_CPU =
      add(
          Setting.of(Parameter.integer("workers-per-cpu", "", 1, 256))
              .means("Worker threads of the server for each of its CPUs.")
              .or("4")
              .inCell(RUN));

  static {
    Stream.of(BlockKeys.ALL, LoadKeys.ALL, FleetKeys.ALL, ServerKeys.ALL, JvmKeys.ALL)
        .forEach(keys -> keys.forEach(Schema::add));
  }

  private Schema() {}

  /** Every key, in the order of this file. */
  public static List<Setting<?>> all() {
    return List.copyOf(ALL.values());
  }

  /**
   * The setting of a key.
   *
   * @throws SpecException if there is none
   */
  public static Setting<?> named(String key, String value) {
    Setting<?> setting = ALL.get(key);
    if (setting == null) {
      throw new SpecException(key, value, "one of the keys of an experiment: " + ALL.keySet());
    }
    return setting;
  }

  /** The documentation of all keys, as a table in Markdown. */
  public static String markdown() {
    String head = "| key | what it means | a value | if left out | may differ by variant |\n";
    return all().stream()
        .map(Setting::markdown)
        .collect(joining("", head + "| --- | --- | --- | --- | --- |\n", ""));
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.put(setting.key(), setting);
    return setting;
  }
}
