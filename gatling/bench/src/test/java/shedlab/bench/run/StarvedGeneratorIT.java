package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.injector.InjectorProcess;
import shedlab.injector.RuleServer;
import shedlab.injector.TestJobs;
import shedlab.report.Project;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Check;

/** The real load generator, which gets no CPU on purpose while the server is idle. */
class StarvedGeneratorIT {
  private static final String INJECTOR =
      Project.file("gatling/injector/target/dist/injector.jar").toString();

  private static final Experiment EXPERIMENT =
      Experiment.load(Project.file("gatling/experiments/overload.properties"), "default", Map.of());

  @Test
  void aGeneratorThatDidNotGetTheCpuMakesTheCellInvalid(@TempDir Path folder) throws IOException {
    var count = new AtomicInteger();
    try (InjectorProcess injector = new InjectorProcess(INJECTOR, folder);
        RuleServer server =
            new RuleServer(
                (exchange, units) -> {
                  if (count.incrementAndGet() == 50) {
                    starveForASecond(injector.process().pid());
                  }
                  RuleServer.status(exchange, 200);
                })) {
      LoadResult load = TestJobs.result(injector.run(TestJobs.job(server, 100, 3)));

      assertThat(load.whole().outcomes().total()).isEqualTo(load.whole().intended());
      assertThat(broken(load))
          .contains("slowest second, started / intended", "p99 of start lateness, ms");
      // From the intended start the delayed requests were slow; from the actual start the server
      // seems as
      // fast as ever, which hides the delay.
      assertThat(load.window().admitted().max()).isGreaterThan(900_000);
    }
  }

  /** Stopped by a signal, because a busy loop would starve other tests, too. */
  private static void starveForASecond(long pid) throws IOException {
    new ProcessBuilder("sh", "-c", "kill -STOP " + pid + "; sleep 1; kill -CONT " + pid)
        .inheritIO()
        .start();
  }

  private static List<String> broken(LoadResult load) {
    long all = load.whole().outcomes().ok();
    var counts = new ServerCounts(0, all, all, Map.of());
    Samples idle =
        new Samples(
            ServerCsv.parse(
                """
            epoch_micros,limit,inflight,waiting,completed,cpu_micros
            0,4,0,0,0,0
            3000000,4,0,0,300,900000
            """));
    Cell cell = new Cell("netty-1-fixed-0.5x-r1", "netty", "fixed", "", 0.5, 1);
    Capacity capacity = new Capacity(200, 195, 205, 0.99, null);
    return Validity.of(cell, EXPERIMENT, capacity, load, counts, idle, 0).stream()
        .filter(check -> !check.ok())
        .map(Check::name)
        .toList();
  }
}
