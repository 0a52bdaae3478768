package shedlab.bench.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.control.ServerControl;
import shedlab.bench.control.ServerCounts;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.Project;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Progress;

/** Two real load generators that share their CPUs, on a real server, which all tests share. */
class InjectorsIT {
  private static final CpuSplit CPUS = CpuSplit.ofThisMachine().sharedBy(2);
  private static final ServerSettings SETTINGS =
      ServerSettings.of("netty", "fixed:limit=4", 20, 2, Map.of());

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static ProcessHost host;

  @SuppressWarnings("NullAway.Init")
  private static RunningServer server;

  @BeforeAll
  static void start() {
    host = new ProcessHost(Distributions.of(Project.root()), CPUS, folder);
    server = host.startServer(SETTINGS);
  }

  @AfterAll
  static void end() {
    server.close();
    host.close();
  }

  private static LoadJob job(double rate, double seconds) {
    return new LoadJob(
        "together",
        server.workAddress(),
        List.of(new Segment(rate, seconds)),
        "poisson",
        7,
        20,
        "exponential",
        250,
        10_000, // a cold generator sees answers late, and nobody gives up
        0.5,
        false,
        ClientBehaviour.PLAIN);
  }

  @Test
  void togetherTheyPlayTheScheduleOnceAndTheServerCountsTheSame() {
    LoadJob job = job(200, 3);
    ServerCounts before = ServerControl.of(server).settledCounts();
    List<Progress> reports = new ArrayList<>();

    LoadResult result = host.injector().run(job, folder.resolve("cell"), reports::add);

    assertThat(host.injector().pids()).hasSize(2).doesNotHaveDuplicates();
    int intended = job.schedule().size();
    assertThat(result.whole().intended()).isEqualTo(intended);
    assertThat(result.whole().started()).isEqualTo(intended);
    assertThat(result.whole().outcomes().total()).isEqualTo(intended);
    assertThat(result.whole().outcomes().other()).isZero();
    assertThat(result.gatling().ok()).isEqualTo(result.whole().attempts().ok());
    ServerCounts after = ServerControl.of(server).settledCounts();
    ServerCounts counts = requireNonNull(after).since(requireNonNull(before));
    assertThat(counts.received()).isEqualTo(result.whole().attempts().sent());
    assertThat(counts.admitted()).isEqualTo(result.whole().outcomes().ok());

    assertThat(result.generators())
        .hasSize(2)
        .allSatisfy(
            member -> {
              assertThat(member.whole().intended()).isBetween(intended / 2L, intended / 2L + 1);
              // Processes of one machine read one clock.
              assertThat(Math.abs(member.before().offsetNanos()))
                  .isLessThanOrEqualTo(member.before().uncertaintyNanos());
              assertThat(member.before().uncertaintyNanos()).isLessThan(15_000_000);
              assertThat(member.after().mayEqual(member.before())).isTrue();
            });
    assertThat(reports).isNotEmpty().allMatch(report -> report.intended() <= intended);
    assertThat(reports).anyMatch(report -> report.intended() == intended);
  }

  @Test
  void ifOneEndsTheJobFailsAndNamesIt() {
    Injector injector = host.injector();
    long second = injector.pids().get(1);

    assertThatThrownBy(
            () ->
                injector.run(
                    job(50, 20),
                    folder.resolve("broken"),
                    report -> ProcessHandle.of(second).ifPresent(ProcessHandle::destroyForcibly)))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("injector-2: ");

    host.dropInjector();
    assertThat(injector.pids()).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
  }
}
