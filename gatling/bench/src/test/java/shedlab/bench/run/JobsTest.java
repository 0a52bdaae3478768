package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.experiment.Experiment;
import shedlab.report.Project;

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
}
