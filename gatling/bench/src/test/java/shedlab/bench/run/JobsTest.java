package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.report.Project;
import shedlab.report.raw.LoadJob;

class JobsTest {
  private static final URI SERVER = URI.create("http://server:8080");

  @Test
  void aServerIsWarmedOverConnectionsLikeThoseOfItsCells() {
    Jobs jobs =
        new Jobs(
            Experiment.load(
                Project.file("gatling/experiments/reject-cost.properties"), "default", Map.of()),
            5_000);

    assertThat(jobs.warmUp(SERVER, ""))
        .extracting(job -> job.clients().newConnections())
        .containsExactly(false);
    assertThat(jobs.warmUp(SERVER, "new-connections"))
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

    assertThat(jobs.warmUp(SERVER, "")).isEmpty();
    assertThat(jobs.injectorWarmUp(SERVER)).isEmpty();
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
