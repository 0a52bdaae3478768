package shedlab.bench.league;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.bench.experiment.ExperimentFile;
import shedlab.bench.experiment.Line;
import shedlab.report.league.Contender;
import shedlab.report.league.Contender.Kind;

/** The contenders of a properties file: {@code kind.name = strategy}. */
public final class ContenderFile {
  private ContenderFile() {}

  /**
   * Reads it.
   *
   * @throws shedlab.spec.SpecException that names file and line, if it breaks a rule
   */
  public static List<Contender> read(Path file) {
    Map<String, Contender> all = new LinkedHashMap<>();
    for (Line line : ExperimentFile.read(file)) {
      int dot = Math.max(0, line.written().indexOf('.'));
      Kind kind =
          Stream.of(Kind.values())
              .filter(each -> each.word().equals(line.written().substring(0, dot)))
              .findFirst()
              .orElseThrow(() -> line.refused("default.NAME, tuned.NAME or reference.NAME"));
      String name = line.written().substring(dot + 1).toLowerCase(Locale.ROOT);
      if (all.put(name, new Contender(name, kind, line.value())) != null) {
        throw line.refused("a name of its own");
      }
    }
    return List.copyOf(all.values());
  }
}
