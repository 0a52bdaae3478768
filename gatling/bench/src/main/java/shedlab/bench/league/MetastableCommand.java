package shedlab.bench.league;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.report.metastable.MapFile;
import shedlab.report.metastable.MapPage;
import shedlab.report.metastable.MapPoint;

/** The command {@code metastable}; here because the package of the other commands is full. */
@Command(
    name = "metastable",
    description =
        "Finds for how long an overload must last until a service does not come back by itself.")
public final class MetastableCommand implements Callable<Integer> {
  private static final String WHO =
      "none semaphore-workers cores-and-half-deadline lifo bounded-queue aimd-tuned vegas gradient2"
          + " codel-tuned breakwater-tuned";

  @Option(
      names = "--strategies",
      paramLabel = "NAMES",
      defaultValue = WHO,
      description = "Contenders of the league, separated by blanks (default: ${DEFAULT-VALUE}).")
  private String strategies = WHO;

  @Option(
      names = "--situations",
      paramLabel = "FILE",
      defaultValue = "gatling/league/metastable.properties",
      description = "Server, loads, triggers and retry policies (default: ${DEFAULT-VALUE}).")
  private Path situations = Path.of("gatling/league/metastable.properties");

  @Option(
      names = "--contenders",
      paramLabel = "FILE",
      defaultValue = "gatling/league/contenders.properties",
      description = "The strategies by their names (default: ${DEFAULT-VALUE}).")
  private Path contenders = Path.of("gatling/league/contenders.properties");

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      defaultValue = "results/league",
      description = "Where the map is (default: ${DEFAULT-VALUE}).")
  private Path into = Path.of("results/league");

  @Override
  public Integer call() throws IOException {
    List<String> names = List.of(strategies.strip().split("\\s+"));
    MetastableMap map = MetastableMap.of(contenders, situations, names);
    long began = System.nanoTime();
    System.out.printf("%d combinations of strategy, load and retry policy%n", map.size());
    Files.createDirectories(into);
    List<MapPoint> points =
        map.play(
            MapFile.kept(into),
            (played, open) -> {
              if (played % 50 == 0 || played.equals(open)) {
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.printf("  %d of %d, %.0f s%n", played, open, seconds);
              }
            });
    MapFile.write(into, points);
    System.out.println(MapPage.write(into));
    return 0;
  }
}
