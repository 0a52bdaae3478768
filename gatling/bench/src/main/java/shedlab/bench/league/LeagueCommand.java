package shedlab.bench.league;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shedlab.bench.host.CpuSplit;
import shedlab.report.league.League;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.RealScore;
import shedlab.report.league.page.LeagueReport;
import shedlab.report.publish.Publication;
import shedlab.spec.Parameter;

/** The command {@code league}. */
@Command(
    name = "league",
    description = "Plays every strategy in every situation of the simulator and writes the tables.")
public final class LeagueCommand implements Callable<Integer> {
  @Option(
      names = "--situations",
      paramLabel = "FILE",
      defaultValue = "gatling/league/situations.properties",
      description = "The situations (default: ${DEFAULT-VALUE}).")
  private Path situations = Path.of("gatling/league/situations.properties");

  @Option(
      names = "--contenders",
      paramLabel = "FILE",
      defaultValue = "gatling/league/contenders.properties",
      description = "The strategies (default: ${DEFAULT-VALUE}).")
  private Path contenders = Path.of("gatling/league/contenders.properties");

  @Option(
      names = "--sensitivity",
      paramLabel = "FILE",
      defaultValue = "gatling/league/sensitivity.properties",
      description = "The situations in which settings are varied (default: ${DEFAULT-VALUE}).")
  private Path sensitivity = Path.of("gatling/league/sensitivity.properties");

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description =
          "Where the tables are (default: results/league, and results/league-NAME for a file NAME of"
              + " situations).")
  private @Nullable Path into;

  /** What is held against a real server. */
  enum Real {
    /** Nothing. */
    NO,
    /** What is measured now. */
    MEASURE,
    /** What was measured: the newest run of each experiment. */
    READ
  }

  private static final Parameter<Real> REAL = Parameter.choice("real", "", Real.class);

  @Option(
      names = "--real",
      arity = "0..1",
      defaultValue = "no",
      fallbackValue = "measure",
      paramLabel = "WHAT",
      description =
          "Then measures on a real server where the strategies differ most and least; read takes the"
              + " newest runs that are there instead.")
  private String real = "no";

  @Option(
      names = "--real-check",
      paramLabel = "FILE",
      defaultValue = "gatling/league/real.properties",
      description = "Who is measured, in how many situations (default: ${DEFAULT-VALUE}).")
  private Path realCheck = Path.of("gatling/league/real.properties");

  @Option(
      names = "--host",
      defaultValue = "auto",
      paramLabel = "KIND",
      description = "As in bench.")
  private String host = "auto";

  @Option(names = "--image", paramLabel = "IMAGE", description = "As in bench.")
  private String image = "";

  @Option(
      names = "--invoked-as",
      hidden = true,
      paramLabel = "WORD",
      description = "A word of the command that was typed, if it was not this one.")
  private List<String> invokedAs = new ArrayList<>();

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Real check = REAL.read(real);
    Season season = Season.of(contenders, situations);
    Sensitivity varied = Sensitivity.of(contenders, sensitivity);
    System.out.printf("%d strategies in %d situations%n", season.contenders(), season.situations());
    long began = System.nanoTime();
    LeagueFiles files = new LeagueFiles(Files.createDirectories(folder()));
    files.write(season.play(files, progress("matches", began)));
    League league = files.read(); // rounded, whether a score was kept or is new
    files.writeCourses(Courses.of(season, league));
    files.writeSensitivity(varied.play(files, progress("values of settings", began)));
    report();
    return check == Real.NO ? 0 : check(check, season, league, files);
  }

  private void report() throws IOException {
    LeagueReport.write(folder());
    Publication.show(folder());
  }

  private static BiConsumer<Integer, Integer> progress(String what, long began) {
    return (played, open) -> {
      if (played % 500 == 0 || played.equals(open)) {
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("  %d of %d %s, %.0f s%n", played, open, what, seconds);
      }
    };
  }

  private Path folder() {
    if (into != null) {
      return into;
    }
    String file = situations.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    return Path.of("results").resolve(file.equals("situations") ? "league" : "league-" + file);
  }

  /** Runs the experiments of the check if asked, then reads what the newest run of each found. */
  private int check(Real what, Season season, League league, LeagueFiles files) throws IOException {
    List<RealScore> earlier = files.real();
    int cpus = CpuSplit.ofThisMachine().server().size();
    RealCheck check = RealCheck.of(realCheck, season, league, cpus);
    int code = what == Real.MEASURE ? measure(check) : 0;
    files.writeReal(RealScore.explained(check.found(Path.of("results")), earlier));
    report();
    return code;
  }

  private int measure(RealCheck check) throws IOException {
    List<String> bench = new ArrayList<>(List.of("bench", "--experiment"));
    bench.add(
        check.write(folder().resolve("real")).stream().map(Path::toString).collect(joining(" ")));
    bench.addAll(List.of("--host", host));
    if (!image.isEmpty()) {
      bench.addAll(List.of("--image", image));
    }
    invokedAs.forEach(word -> bench.add("--invoked-as=" + word));
    return Objects.requireNonNull(command)
        .root()
        .commandLine()
        .execute(bench.toArray(String[]::new));
  }
}
