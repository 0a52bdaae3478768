package shedlab.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.bench.host.CpuSplit;
import shedlab.report.Project;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.ServerSide;

class LoadGeneratorsTest {
  /** Eight cores: the server has 0 to 3. */
  private static final CpuSplit MACHINE =
      new CpuSplit(List.of(0, 1, 2, 3), List.of(List.of(4, 5, 6, 7)));

  private static LoadGenerators of(int serverCpus, double taskSeconds, String... settings) {
    Map<String, String> all = new TreeMap<>();
    for (String setting : settings) {
      all.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
    }
    Experiment experiment =
        Experiment.load(Project.file("gatling/experiments/overload.properties"), "default", all);
    return LoadGenerators.of(Plans.of(experiment, serverCpus), taskSeconds);
  }

  @ParameterizedTest
  @CsvSource({
    // the greatest load is 2x: of one core with tasks of 4 ms, 500/s
    "1, 0.004, 1",
    "4, 0.0004, 4",
    "4, 0.000401, 4",
    "4, 0.00041, 4",
    "4, 0.0003, 6",
    "64, 0.001, 26"
  })
  void moreAreNeededForMoreCpusAndSmallerTasks(int cpus, double taskSeconds, int needed) {
    assertThat(of(cpus, taskSeconds).needed()).isEqualTo(needed);
  }

  @Test
  void theGreatestLoadIsThatOfItsPhasesAndOfClientsThatTryAgain() {
    assertThat(of(1, 0.001, "loads=0.5").load()).isEqualTo(1.25); // of the calibration
    assertThat(of(1, 0.001, "loads=0.5 10").mostPerSecond()).isEqualTo(10_000);
    assertThat(of(1, 0.001, "loads=2", "phases=0.5@5s 3@5s", "measure=").load()).isEqualTo(6);
    assertThat(of(1, 0.001, "loads=2", "retry=immediate:tries=3").load()).isEqualTo(6);
  }

  @Test
  void autoTakesAsManyAsTheLoadNeedsAndAtMostOneForEachCpu() {
    assertThat(of(4, 0.0008, "injectors=auto").among(MACHINE).injectors()).hasSize(2);
    assertThat(of(4, 0.0001, "injectors=auto").among(MACHINE).injectors()).hasSize(4);
    assertThat(of(4, 0.004, "injectors=auto").among(MACHINE)).isEqualTo(MACHINE);
    assertThat(of(4, 0.0001).among(MACHINE)).isEqualTo(MACHINE);
  }

  @Test
  void aNumberIsTakenAsItIs() {
    assertThat(of(4, 0.004, "injectors=2").among(MACHINE).injectorLists()).isEqualTo("4,5 | 6,7");
    assertThat(of(4, 0.004, "injectors=5:shared").among(MACHINE).injectors()).hasSize(5);
    assertThatThrownBy(() -> of(4, 0.004, "injectors=5").among(MACHINE))
        .hasMessageStartingWith("injectors: 5 (expected: at most 4, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "many", "2:own", "auto:shared", "-1", "2 "})
  void whatIsNoNumberOfThemIsRefused(String text) {
    assertThatThrownBy(() -> of(4, 0.004, "injectors=" + text))
        .hasMessageContaining("(expected: auto, a number from 1 to 64, or 2:shared on the same");
  }

  @Test
  void aRunSaysWhatItTakesAndWhatItNeeds() {
    LoadGenerators enough = of(4, 0.0008, "injectors=2");
    assertThat(enough.announcement(enough.among(MACHINE)))
        .isEqualTo(
            "2 load generators on CPU 4,5 | 6,7; the greatest load, 2x and at most 10,000/s, needs"
                + " 2");
    LoadGenerators few = of(4, 0.0002);
    assertThat(few.announcement(few.among(MACHINE)))
        .endsWith("needs 8: the checks of each cell say whether 1 suffice");
    LoadGenerators shared = of(4, 0.004, "injectors=2:shared");
    assertThat(shared.announcement(shared.among(MACHINE)))
        .startsWith("2 load generators on CPU 4,5,6,7 | 4,5,6,7, shared; ");
  }

  private static CellResult cell(Check... checks) {
    return CellResult.of(
        new CellKey("id", "netty", "none", "", 3, 1, 1, 1),
        200,
        ClientSide.of(1, Outcomes.NONE, Latency.NONE, Latency.NONE),
        new ServerSide(null, null, null, null, null, Map.of()),
        new Judgement(List.of(checks), List.of(), null, null, 0.0, null));
  }

  @Test
  void aCellWithABusyLoadGeneratorSaysHowManyWouldDo() {
    Check busy = new Check("generator CPU", "0.920", "<= 0.700", false);
    Check late = new Check("p99 of start lateness, ms", "13.000", "<= 12.500", false);
    Check idle = new Check("generator CPU", "0.100", "<= 0.700", true);

    assertThat(LoadGenerators.advice(cell(busy, late), 1))
        .hasValue("injector: 92 % of its CPU at 3x (expected: at most 70 %; INJECTORS=2)");
    assertThat(LoadGenerators.advice(cell(busy), 4))
        .hasValue("injector: 92 % of its CPU at 3x (expected: at most 70 %; INJECTORS=6)");
    Check half = new Check("generator CPU", "0.400", "<= 0.700", true);
    assertThat(LoadGenerators.advice(cell(half, late), 2))
        .hasValue(
            "injector: starts requests late with 40 % of its CPU at 3x (expected: on time;"
                + " INJECTORS=3)");
    assertThat(LoadGenerators.advice(cell(half), 1)).isEmpty();
    assertThat(LoadGenerators.advice(cell(idle, late), 1)).isEmpty(); // it did not get its CPU
  }
}
