package shedlab.bench.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.InjectorCount;
import shedlab.bench.setting.LoadKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.text.Prose;
import shedlab.spec.SpecException;

/**
 * How many load generators a plan needs, before its first second: its greatest load is at most what
 * the server's CPUs could do if a request cost nothing but its task.
 *
 * @param load the greatest, in multiples of the capacity
 * @param mostPerSecond requests a second that are offered then, at most
 * @param wanted as the experiment says
 */
public record LoadGenerators(double load, double mostPerSecond, InjectorCount wanted) {
  /** What one load generator on one core sends on time; see DECISIONS. */
  public static final double CLEAN_PER_SECOND = 5_000;

  /** A load generator that uses more of its CPUs measures itself. */
  public static final double MOST_CPU = 0.7;

  /** A calibration offers so many times the capacity. */
  private static final double CALIBRATION = 1.25;

  /** One that is as busy as a check allows has nothing to spare for the next cell. */
  private static final double SPARE = 0.9;

  /** Two checks of a cell's certificate, by which {@link #advice} is given. */
  public static final String CPU_CHECK = "generator CPU";

  public static final String LATENESS_CHECK = "p99 of start lateness, ms";

  /**
   * Of a plan.
   *
   * @param taskSeconds CPU time of a request's work
   */
  public static LoadGenerators of(Plan plan, double taskSeconds) {
    Experiment experiment = plan.experiment();
    double load =
        Stream.concat(
                Stream.of(experiment.settings()),
                experiment.variants().stream().map(variant -> experiment.of(variant.name())))
            .mapToDouble(settings -> greatest(experiment, settings))
            .max()
            .orElse(CALIBRATION);
    return upTo(load, plan, taskSeconds);
  }

  /** The same for a greatest load that the plan does not have. */
  public static LoadGenerators upTo(double load, Plan plan, double taskSeconds) {
    double most = Math.max(CALIBRATION, load);
    return new LoadGenerators(
        most,
        most * plan.cpus() / taskSeconds,
        plan.experiment().settings().get(LoadKeys.INJECTORS));
  }

  /** Every request may be tried again, and under an overload is. */
  private static double greatest(Experiment experiment, Settings settings) {
    double load = experiment.loads().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double rate =
        Course.profile(settings, load).segments().stream()
            .mapToDouble(Segment::ratePerSecond)
            .max()
            .orElse(load);
    return rate * settings.get(Schema.RETRY).value().tries();
  }

  /** How many its greatest load needs. */
  public int needed() {
    return (int) Math.max(1, Math.ceil(mostPerSecond / CLEAN_PER_SECOND));
  }

  /**
   * The machine, or each load machine, with as many as the experiment wants; {@code auto} takes
   * those that the load needs, as far as there are CPUs.
   *
   * @throws shedlab.bench.host.HostException if it wants more than there are CPUs for
   */
  public CpuSplit among(CpuSplit machine) {
    if (wanted.auto()) {
      int machines = machine.injectors().size();
      int cpus = machine.injectors().stream().mapToInt(List::size).min().orElse(1);
      return machine.among(Math.min((needed() + machines - 1) / machines, cpus));
    }
    return wanted.share() ? machine.sharedBy(wanted.number()) : machine.among(wanted.number());
  }

  /** What a run says of them before it starts. */
  public String announcement(CpuSplit cpus) {
    int taken = cpus.injectors().size();
    return String.format(
        Locale.ROOT,
        "%s on CPU %s%s; the greatest load, %sx and at most %,.0f/s, needs %d%s",
        Prose.count(taken, "load generator"),
        cpus.injectorLists(),
        cpus.injectorsShare() ? ", shared" : "",
        number(load),
        mostPerSecond,
        needed(),
        taken < needed() ? ": the checks of each cell say whether " + taken + " suffice" : "");
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * What to do about a cell in which the load generators were too busy; empty if they were not.
   * Generators that hardly use their CPUs and are late nevertheless did not get them: more would be
   * as late.
   *
   * @param taken how many there were
   */
  public static Optional<String> advice(CellResult cell, int taken) {
    double used = 0;
    boolean late = false;
    for (Check check : cell.judgement().checks()) {
      used = check.name().equals(CPU_CHECK) ? Double.parseDouble(check.value()) : used;
      late |= check.name().equals(LATENESS_CHECK) && !check.ok();
    }
    return late && used > MOST_CPU / 2 && used <= MOST_CPU
        ? Optional.of(
            advice(
                String.format(
                    Locale.ROOT, "starts requests late with %.0f %% of its CPU", 100 * used),
                cell.load(),
                "on time",
                taken + 1))
        : busy(cell.load(), used, taken);
  }

  /**
   * What to do if the load generators will be too busy at a load; empty if they will not.
   *
   * @param cpuShare of the CPUs of each, as far as is known
   * @param taken how many there are
   */
  public static Optional<String> busy(double load, double cpuShare, int taken) {
    return cpuShare <= MOST_CPU
        ? Optional.empty()
        : Optional.of(
            advice(
                String.format(Locale.ROOT, "%.0f %% of its CPU", 100 * cpuShare),
                load,
                String.format(Locale.ROOT, "at most %.0f %%", 100 * MOST_CPU),
                Math.max(taken + 1, (int) Math.ceil(taken * cpuShare / (MOST_CPU * SPARE)))));
  }

  private static String advice(String found, double load, String rule, int needed) {
    return SpecException.message(
        "injector", found + " at " + number(load) + "x", rule + "; INJECTORS=" + needed);
  }
}
