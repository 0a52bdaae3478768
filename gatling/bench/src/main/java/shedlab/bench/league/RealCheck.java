package shedlab.bench.league;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import shedlab.bench.experiment.ExperimentFile;
import shedlab.bench.experiment.Line;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.report.file.WholeFile;
import shedlab.report.league.Contender;
import shedlab.report.league.League;
import shedlab.report.league.RealScore;
import shedlab.report.league.Standings;
import shedlab.report.metric.Fields;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.report.statistics.Difference;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * The league on a real server: some contenders in the situations in which the simulator says that
 * they differ most, and in those in which it says that they differ least. Situations with the same
 * requests become one experiment, which {@code bench} measures.
 */
final class RealCheck {
  private static final String CONTENDERS = "contenders";
  private static final String SITUATIONS = "situations";
  private static final Parameter<Integer> COUNT = Parameter.integer(SITUATIONS, "", 2, 100);

  /** Below it the load generator's own clock matters, above it a run sees too few tasks. */
  private static final double LEAST_TASK_MILLIS = 4;

  private static final double MOST_TASK_MILLIS = 80;

  /** More is beyond what one core of a load generator sends with clean timing. */
  private static final double MOST_LOAD = 5;

  /** In a window, at the capacity of one core. */
  private static final double TASKS = 120;

  private static final double SHORTEST_SECONDS = 4;

  private final List<Contender> contenders;
  private final List<Situation> situations;

  /** Further keys of the experiments: servers, precision, budget. */
  private final Map<String, String> keys;

  private RealCheck(
      List<Contender> contenders, List<Situation> situations, Map<String, String> keys) {
    this.contenders = contenders;
    this.situations = situations;
    this.keys = keys;
  }

  /**
   * Chooses the situations.
   *
   * @param file names the contenders, how many situations, and keys of the experiments
   * @param cpus of the real server
   * @throws SpecException that names file and line, if the file breaks a rule
   */
  static RealCheck of(Path file, Season season, League league, int cpus) {
    Map<String, String> keys = new LinkedHashMap<>();
    List<Contender> contenders = new ArrayList<>();
    int count = 0;
    for (Line line : ExperimentFile.read(file)) {
      if (line.key().equals(CONTENDERS)) {
        contenders.addAll(named(line, league));
      } else if (line.key().equals(SITUATIONS)) {
        count = count(line);
      } else {
        line.check();
        keys.put(line.key(), line.value());
      }
    }
    SpecException.check(!contenders.isEmpty(), CONTENDERS, "(not given)", "names of contenders");
    SpecException.check(count > 0, SITUATIONS, "(not given)", COUNT.rule());
    List<Situation> possible =
        season.all().stream()
            .filter(situation -> playable(situation, cpus))
            .sorted(Comparator.comparingDouble(s -> spread(contenders, s, Standings.of(league))))
            .toList();
    SpecException.check(
        possible.size() >= count,
        SITUATIONS,
        count,
        "at most " + possible.size() + " on this machine");
    Set<Situation> chosen = new LinkedHashSet<>(possible.subList(0, count / 2));
    chosen.addAll(possible.subList(possible.size() - (count - count / 2), possible.size()));
    return new RealCheck(contenders, List.copyOf(chosen), keys);
  }

  private static int count(Line line) {
    try {
      return COUNT.read(line.value());
    } catch (SpecException e) {
      throw line.located(e);
    }
  }

  private static List<Contender> named(Line line, League league) {
    return Stream.of(line.value().split("\\s+"))
        .map(
            name ->
                league.contenders().stream()
                    .filter(contender -> contender.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> line.refused("names of contenders; " + name + " is none")))
        .toList();
  }

  /** On one machine, with nothing that happens in between. */
  private static boolean playable(Situation situation, int cpus) {
    Settings settings = situation.load().settings();
    double task = settings.get(Schema.TASK).toNanos() / 1e6;
    return situation.load().cores() == cpus
        && situation.load().refusalShare() == 0
        && situation.load().load() <= MOST_LOAD
        && task >= LEAST_TASK_MILLIS
        && task <= MOST_TASK_MILLIS
        && situation.group().equals("plateaus");
  }

  /** By how much the contenders differ. */
  private static double spread(List<Contender> contenders, Situation situation, Standings table) {
    double[] goodputs =
        contenders.stream()
            .map(contender -> table.score(contender.name(), situation.name()))
            .flatMap(Stream::ofNullable)
            .mapToDouble(score -> score.meanGoodput())
            .sorted()
            .toArray();
    return goodputs.length == 0 ? 0 : goodputs[goodputs.length - 1] - goodputs[0];
  }

  /** Situations with the same requests, by the name of their experiment. */
  private Map<String, List<Situation>> experiments() {
    Map<String, List<Situation>> all = new LinkedHashMap<>();
    for (Situation situation : situations) {
      Settings settings = situation.load().settings();
      String law = settings.get(Schema.SERVICE_LAW);
      String name = "league-" + settings.text(Schema.TASK) + "-" + law.replaceFirst(":.*", "");
      all.computeIfAbsent(name, n -> new ArrayList<>()).add(situation);
    }
    return all;
  }

  /** Writes the experiments; returns their files. */
  List<Path> write(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.createDirectories(folder);
    for (Map.Entry<String, List<Situation>> entry : experiments().entrySet()) {
      Path file = folder.resolve(entry.getKey() + ".properties");
      WholeFile.write(file, text(entry.getValue()), false);
      files.add(file);
    }
    return files;
  }

  private String text(List<Situation> alike) {
    Settings settings = alike.get(0).load().settings();
    double perSecond = 1e9 / settings.get(Schema.TASK).toNanos();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        Schema.QUESTION.key(),
        "Does a real server agree with the simulator: tasks of "
            + settings.text(Schema.TASK)
            + ", "
            + settings.get(Schema.SERVICE_LAW)
            + "?");
    lines.put(
        Schema.STRATEGIES.key(),
        String.join(" ", contenders.stream().map(Contender::template).toList()));
    lines.put(
        Schema.LOADS.key(),
        String.join(" ", alike.stream().map(each -> Fields.load(each.load().load())).toList()));
    for (var setting :
        List.of(
            Schema.TASK,
            Schema.SERVICE_LAW,
            Schema.DEADLINE,
            Schema.TIMEOUT,
            Schema.WORKERS_PER_CPU)) {
      lines.put(setting.key(), settings.text(setting));
    }
    lines.put(
        Schema.MEASURE.key(),
        (long) Math.ceil(Math.max(SHORTEST_SECONDS, TASKS / perSecond)) + "s");
    lines.putAll(keys);
    StringBuilder text = new StringBuilder("# Written by make league REAL=1.\n");
    lines.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    return text.toString();
  }

  /** What the newest run of each experiment found; nothing of those that have none. */
  List<RealScore> found(Path results) throws IOException {
    List<RealScore> all = new ArrayList<>();
    for (Map.Entry<String, List<Situation>> entry : experiments().entrySet()) {
      Optional<Path> run = newest(results, "-" + entry.getKey() + "-default");
      if (run.isPresent()) {
        RunFiles files = RunFiles.open(run.get());
        for (Situation situation : entry.getValue()) {
          all.addAll(found(files, situation));
        }
      }
    }
    return all;
  }

  private static Optional<Path> newest(Path results, String end) throws IOException {
    try (Stream<Path> folders = Files.list(results)) {
      return folders
          .filter(folder -> folder.getFileName().toString().endsWith(end))
          .filter(folder -> Files.exists(folder.resolve("plan.json")))
          .max(Comparator.comparing(folder -> folder.getFileName().toString()));
    }
  }

  private List<RealScore> found(RunFiles files, Situation situation) {
    List<RealScore> all = new ArrayList<>();
    Replay replay = new Replay(files.manifest(), situation.load().cores());
    for (Contender contender : contenders) {
      String strategy = situation.strategy(contender.template()).toString();
      List<CellResult> cells =
          files.finalCells().stream()
              .filter(cell -> cell.valid() && cell.key().strategy().equals(strategy))
              .filter(cell -> cell.load() == situation.load().load())
              .toList();
      if (!cells.isEmpty()) {
        all.add(score(contender, situation, cells, replay));
      }
    }
    return all;
  }

  /** The interval is that of the difference in each block: the arrivals of a block are the same. */
  private static RealScore score(
      Contender contender, Situation situation, List<CellResult> cells, Replay replay) {
    double[] measured = cells.stream().mapToDouble(RealCheck::share).toArray();
    double[] simulated = cells.stream().mapToDouble(replay::share).toArray();
    double[] differences = new double[measured.length];
    Arrays.setAll(differences, i -> measured[i] - simulated[i]);
    double half = Difference.mean(differences).halfWidth();
    double mean = Arrays.stream(measured).average().orElse(Double.NaN);
    return new RealScore(
        contender.name(),
        situation.name(),
        situation.load().load(),
        situation.load().settings().get(Schema.TASK).toNanos() / 1e6,
        situation.load().settings().get(Schema.DEADLINE).toNanos() / 1e6,
        Arrays.stream(simulated).average().orElse(Double.NaN),
        mean,
        Double.isFinite(half) ? Math.max(0, mean - half) : Double.NaN,
        Double.isFinite(half) ? mean + half : Double.NaN,
        "");
  }

  private static double share(CellResult cell) {
    return cell.clientSide().goodputPerSecond() / cell.capacityPerSecond();
  }
}
