package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.Project;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.WorkAddress;

class JobsTest {
  private static final WorkAddress SERVER = WorkAddress.of("http://server:8080");

  @Test
  void aSearchOffersTheSameArrivalsAtEveryLoadAndARunOthers() {
    Experiment experiment =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"), "default", Map.of());
    Jobs run = new Jobs(experiment, 5_000);
    Jobs search = Jobs.alikeAtEveryLoad(experiment, 5_000);
    Cell half = new Cell("half", "netty", "none", "", 0.5, 1);
    Cell full = new Cell("full", "netty", "none", "", 1, 1);
    Cell other = new Cell("other", "netty", "none", "", 0.5, 2);

    assertThat(search.cell(half, SERVER, 200).seed())
        .isEqualTo(search.cell(full, SERVER, 200).seed())
        .isNotEqualTo(search.cell(other, SERVER, 200).seed());
    assertThat(run.cell(half, SERVER, 200).seed()).isNotEqualTo(run.cell(full, SERVER, 200).seed());
  }

  @Test
  void aServerIsWarmedOverConnectionsLikeThoseOfItsCells() {
    Jobs jobs =
        new Jobs(
            Experiment.load(
                Project.file("gatling/experiments/reject-cost.properties"), "default", Map.of()),
            5_000);

    assertThat(jobs.warmUp(SERVER, "", 0.004, 1))
        .extracting(job -> job.clients().newConnections())
        .containsExactly(false);
    assertThat(jobs.warmUp(SERVER, "new-connections", 0.004, 1))
        .extracting(job -> job.clients().newConnections())
        .containsExactly(true);
  }

  @Test
  void aWarmUpOfNoSecondsIsNoLoadAtAll() {
    Jobs jobs =
        new Jobs(
            Experiment.load(
                Project.file("gatling/experiments/overload.properties"),
                "smoke",
                Map.of("warm-up", "0s")),
            5_000);

    assertThat(jobs.warmUp(SERVER, "", 0.004, 1)).isEmpty();
    assertThat(jobs.moreWarmUp(SERVER, "", 0.004, 1)).isEmpty();
    assertThat(jobs.overloadWarmUp(SERVER, "", 0.004, 1)).isEmpty();
    assertThat(jobs.strategyWarmUp(SERVER, "", 0.004, 1)).isEmpty();
    assertThat(jobs.injectorWarmUp(SERVER, () -> fail("a cold server is left alone"), 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.004, 1, 5000", "0.06, 1, 75000", "0.06, 4, 75000"})
  void clientsGiveUpOnTwiceWhatAServerCanDoWhateverTheTask(double task, int cpus, int units) {
    Jobs jobs =
        new Jobs(
            Experiment.load(
                Project.file("gatling/experiments/overload.properties"),
                "default",
                Map.of("task", Math.round(task * 1_000) + "ms")),
            units);

    LoadJob givenUp = jobs.injectorWarmUp(SERVER, () -> task, cpus).get(1);
    double rate = givenUp.profile().get(0).ratePerSecond();
    assertThat(rate * task * givenUp.units() / units).isCloseTo(2.0 * cpus, within(0.01 * cpus));
    assertThat(givenUp.timeoutMillis()).isLessThanOrEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"0.004, 1, 5000", "0.06, 1, 75000", "0.06, 4, 75000", "5, 2, 6000000"})
  void aWarmUpLeavesHalfOfTheCpuFreeWhateverTheTask(double task, int cpus, int units) {
    Jobs jobs =
        new Jobs(
            Experiment.load(
                Project.file("gatling/experiments/overload.properties"), "default", Map.of()),
            units);

    List<LoadJob> all = new ArrayList<>(jobs.warmUp(SERVER, "", task, cpus));
    all.addAll(jobs.moreWarmUp(SERVER, "", task, cpus));
    all.addAll(jobs.strategyWarmUp(SERVER, "", task, cpus));

    assertThat(all)
        .hasSize(3)
        .allSatisfy(
            job -> {
              double most =
                  job.profile().stream().mapToDouble(Segment::ratePerSecond).max().orElseThrow();
              assertThat(most * task * job.units() / units).isLessThan(0.5 * cpus);
            });
  }

  @ParameterizedTest
  @CsvSource({"smoke, 1", "default, 6"})
  void aWarmUpIsAsLongAsItSaysWhateverItConsistsOf(String profile, double seconds) {
    Jobs jobs =
        new Jobs(
            Experiment.load(
                Project.file("gatling/experiments/overload.properties"), profile, Map.of()),
            5_000);

    List<LoadJob> all = new ArrayList<>(jobs.warmUp(SERVER, "", 0.004, 1));
    all.addAll(jobs.overloadWarmUp(SERVER, "", 0.004, 1));
    all.addAll(jobs.strategyWarmUp(SERVER, "", 0.004, 1));

    assertThat(all.stream().mapToDouble(Station::seconds).sum()).isCloseTo(seconds, within(1e-9));
  }

  /** A compiler takes a method at its best level after some 5,000 calls. */
  @ParameterizedTest
  @CsvSource({"0.004, 1, 5000", "0.06, 1, 75000", "0.06, 4, 75000"})
  void theCodeOfAnOverloadIsWarmedWithTwiceWhatTheServerCanDoInSmallTasks(
      double task, int cpus, int units) {
    Jobs jobs =
        new Jobs(
            Experiment.load(
                Project.file("gatling/experiments/overload.properties"), "default", Map.of()),
            units);

    assertThat(jobs.overloadWarmUp(SERVER, "", task, cpus))
        .singleElement()
        .satisfies(
            job -> {
              Segment only = job.profile().get(0);
              double cpusAsked = only.ratePerSecond() * task * job.units() / units;
              assertThat(cpusAsked).isCloseTo(2.0 * cpus, within(0.05 * cpus));
              assertThat(only.ratePerSecond() * only.seconds()).isGreaterThan(10_000);
            });
  }

  @Test
  void aRecordingTravelsWithTheJobAndIsNamedInItsResult(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("Peak, of May.txt"), "0\n100\n400\n");
    Experiment experiment =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "smoke",
            Map.of("arrivals", "trace:file=" + file));
    Files.delete(file);
    Jobs jobs = new Jobs(experiment, 5_000);

    LoadJob job = jobs.cell(new Cell("c", "netty", "none", "", 1, 1), SERVER, 100);

    LoadJob elsewhere = LoadJob.read(job.write());
    assertThat(elsewhere.schedule().toArray()).isEqualTo(job.schedule().toArray()).hasSize(200);
    assertThat(elsewhere.named().arrivals()).matches("trace:sha256=[0-9a-f]{64}");
    assertThat(LoadJob.read(elsewhere.named().write())).isEqualTo(elsewhere.named());
  }
}
