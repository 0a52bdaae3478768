package shedlab.bench.advise;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.bench.log.AccessLog;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * A service as its engineer describes it.
 *
 * @param settings of the service and its clients; the length of a simulation is still to be chosen
 * @param cores of the server
 * @param load offered, in multiples of the capacity
 * @param time of a request
 * @param log of the service; null without one
 */
record Question(
    Settings settings, int cores, double load, ServiceTime time, @Nullable AccessLog log) {
  static final Parameter<Integer> CORES = Parameter.integer("cores", "", 1, 1_024);
  private static final Parameter<Double> RATE = Parameter.rate("rate", "");
  private static final Parameter<Double> MULTIPLE = Parameter.real("rate", "", 0.05, 100);
  private static final double UNKNOWN_LOAD = 1.5;

  /** Clients give up after so many deadlines, if nothing else is said. */
  private static final int PATIENCE = 4;

  private static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

  /** From the texts of a command line; an empty rate means that of the log, or an assumed one. */
  static Question of(
      int cores,
      String workersPerCore,
      String deadline,
      String timeout,
      String rate,
      ServiceTime time,
      @Nullable AccessLog log) {
    Map<String, String> texts = new HashMap<>();
    // What an experiment must have and a simulation has no use for.
    texts.put(Schema.QUESTION.key(), "which strategy?");
    texts.put(Schema.SERVERS.key(), "netty");
    texts.put(Schema.STRATEGIES.key(), "none");
    texts.put(Schema.LOADS.key(), "1");
    texts.put(Schema.TASK.key(), text(time.mean()));
    texts.put(Schema.SERVICE_LAW.key(), time.law());
    texts.put(Schema.DEADLINE.key(), deadline);
    texts.put(Schema.WORKERS_PER_CPU.key(), workersPerCore);
    Settings settings = Settings.of(texts);
    Duration within = settings.get(Schema.DEADLINE);
    SpecException.check(
        within.compareTo(time.mean()) > 0,
        Schema.DEADLINE.key(),
        deadline,
        "longer than a task, " + text(time.mean()));
    settings = settings.with(Map.of(Schema.TIMEOUT.key(), timeout(timeout, within)));
    SpecException.check(
        settings.get(Schema.TIMEOUT).compareTo(within) >= 0,
        Schema.TIMEOUT.key(),
        timeout,
        "the deadline or more");
    double capacity = new SimulatedLoad(settings, cores, 1).capacityPerSecond();
    return new Question(settings, cores, load(rate, log, capacity), time, log);
  }

  private static String timeout(String given, Duration deadline) {
    Duration some = deadline.multipliedBy(PATIENCE);
    return !given.isEmpty()
        ? given
        : text(some.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : some);
  }

  private static double load(String rate, @Nullable AccessLog log, double capacity) {
    if (rate.isEmpty()) {
      return log == null ? UNKNOWN_LOAD : log.part().ratePerSecond() / capacity;
    }
    SpecException.check(log == null, "rate", rate, "a log or a rate, not both");
    if (rate.endsWith("x")) {
      return MULTIPLE.read(rate.substring(0, rate.length() - 1));
    }
    try {
      return RATE.read(rate) / capacity;
    } catch (SpecException e) {
      throw new SpecException(
          "rate", rate, "requests per second such as 180/s, or a multiple of the capacity: 1.5x");
    }
  }

  /** A duration as the settings read it. */
  static String text(Duration duration) {
    return Parameter.duration("", "").writer().apply(duration);
  }

  /** Requests per second that the cores can do. */
  double capacityPerSecond() {
    return new SimulatedLoad(settings, cores, 1).capacityPerSecond();
  }

  /** Requests per second that are offered. */
  double ratePerSecond() {
    return load * capacityPerSecond();
  }

  /** After which clients leave. */
  Duration timeout() {
    return settings.get(Schema.TIMEOUT);
  }

  Duration deadline() {
    return settings.get(Schema.DEADLINE);
  }
}
