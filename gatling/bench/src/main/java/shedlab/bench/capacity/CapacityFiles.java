package shedlab.bench.capacity;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import shedlab.bench.experiment.Plan;
import shedlab.report.file.StrictJson;
import shedlab.report.file.WholeFile;
import shedlab.report.finding.FloorWords;
import shedlab.report.raw.Floor;
import shedlab.report.result.Invocation;
import shedlab.report.table.Table;

/**
 * The folder of a search: {@code slo.json}, {@code env.json}, {@code REPORT.md} and the raw files
 * of every measurement. They are written anew after each of them, so that an interrupted search
 * leaves what it measured.
 */
public final class CapacityFiles {
  /** The record of a search. */
  public static final String FILE = "slo.json";

  /** The write-up of a search. */
  public static final String REPORT = "REPORT.md";

  private static final int FORMAT = 1;
  private static final JsonMapper JSON = new JsonMapper();

  /** What is written to {@code slo.json}. */
  private record Search(
      int formatVersion,
      String run,
      List<String> invocation,
      String objective,
      boolean evidence,
      String host,
      int taskUnits,
      Map<String, String> settings,
      List<Answer> answers) {}

  private final Path folder;
  private final Search head;
  private final List<Answer> answers = new ArrayList<>();

  /**
   * Makes the folder and writes what is known before the first measurement.
   *
   * @param folder is not there yet
   * @param evidence false for a profile too short to conclude anything from, or where both sides
   *     share a CPU
   */
  public CapacityFiles(
      Path folder,
      List<String> invocation,
      Plan plan,
      Objective objective,
      String host,
      boolean evidence,
      int taskUnits,
      Map<String, String> environment)
      throws IOException {
    this.folder = folder;
    this.head =
        new Search(
            FORMAT,
            folder.getFileName().toString(),
            invocation,
            objective.text(),
            evidence,
            host,
            taskUnits,
            plan.experiment().settings().text(),
            List.of());
    Files.createDirectories(folder);
    json("env.json", environment);
    write(List.of());
  }

  /** Where they are. */
  public Path folder() {
    return folder;
  }

  /** How many measurements are kept. */
  public int measurements() {
    return answers.stream().mapToInt(answer -> answer.probes().size()).sum();
  }

  /** The facts that the run may have changed, after it. */
  public void ended(Map<String, String> environment) throws IOException {
    json("env-after.json", environment);
    write(answers); // with the noise floor at the end
  }

  /** Replaces what is known of a server under a strategy; the last is the newest. */
  void put(Answer answer) throws IOException {
    answers.removeIf(
        other ->
            other.server().equals(answer.server())
                && other.strategy().equals(answer.strategy())
                && other.variant().equals(answer.variant()));
    answers.add(answer);
    write(answers);
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }

  private void write(List<Answer> all) throws IOException {
    json(
        FILE,
        new Search(
            head.formatVersion,
            head.run,
            head.invocation,
            head.objective,
            head.evidence,
            head.host,
            head.taskUnits,
            head.settings,
            List.copyOf(all)));
    WholeFile.write(folder.resolve(REPORT), report(), false);
  }

  private void json(String name, Object value) throws IOException {
    String text = JSON.writer(StrictJson.printer()).writeValueAsString(value);
    WholeFile.write(folder.resolve(name), text + "\n", true);
  }

  /** One row for each server and strategy. */
  public Table table() {
    return Table.of(
        List.of(
            "server", "strategy", "greatest load", "requests", "capacity", "there", "certificate"),
        2,
        answers.stream().map(CapacityFiles::row).toList());
  }

  private static List<String> row(Answer answer) {
    Probe there = answer.confirmation();
    return List.of(
        answer.server(),
        "`" + answer.strategy() + "`" + (answer.variant().isEmpty() ? "" : " " + answer.variant()),
        answer.loads(),
        answer.rates(),
        String.format(
            Locale.ROOT,
            "%.0f/s [%.0f to %.0f]",
            answer.capacity().perSecond(),
            answer.capacity().low(),
            answer.capacity().high()),
        there == null ? "–" : there.said(),
        answer.certificate());
  }

  private String report() throws IOException {
    var text = new StringBuilder();
    text.append("# The greatest load that keeps ").append(head.objective).append("\n\n");
    if (!head.evidence) {
      text.append("**Not evidence**: too short, or both sides share a CPU.\n\n");
    }
    if (answers.isEmpty()) {
      text.append("Nothing is measured yet.\n\n");
    }
    text.append(table().markdown()).append('\n');
    text.append(
        """
        Of the interval, the lower end is the greatest load that a confirming run kept, and the upper
        end the least load above it that broke the objective in a valid measurement. It is no
        confidence interval: loads are multiples of the measured capacity, whose 95 % interval stands beside it. Response times count
        from the intended start. A percentile is of all requests that were not refused; one without an
        answer counts as infinitely late. All short probes of a search have the same arrivals, the
        confirming runs others, for longer.

        """);
    String legend = new FloorWords(Floor.read(folder)).legend();
    text.append(legend.isEmpty() ? "" : legend + "\n\n");
    for (Answer answer : answers) {
      text.append("## ").append(answer.server()).append(", `").append(answer.strategy());
      text.append('`').append(answer.variant().isEmpty() ? "" : ", " + answer.variant());
      text.append("\n\n");
      text.append(
          String.format(
              Locale.ROOT,
              "%d measurements, %d of them spoilt, in %.0f s.%n%n",
              answer.probes().size(),
              answer.spoilt(),
              answer.seconds()));
      text.append(probes(answer).markdown()).append('\n');
    }
    return text.append("Made by `")
        .append(Invocation.line(head.invocation))
        .append("`.\n")
        .toString();
  }

  private static Table probes(Answer answer) {
    return Table.of(
        List.of("load", "offered", "window", "what", "figures", "objective", "certificate"),
        0,
        answer.probes().stream()
            .map(
                probe ->
                    List.of(
                        Answer.x(probe.load()),
                        String.format(
                            Locale.ROOT, "%.0f/s", probe.load() * answer.capacity().perSecond()),
                        String.format(Locale.ROOT, "%.0f s", probe.windowSeconds()),
                        (probe.confirmation() ? "confirmation" : "probe")
                            + (probe.attempt() > 1 ? ", again" : ""),
                        probe.said(),
                        probe.verdict(),
                        probe.valid() ? "valid" : "not valid: " + probe.broken()))
            .toList());
  }
}
