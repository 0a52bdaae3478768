package shedlab.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.host.Programs;
import shedlab.bench.run.Goal;
import shedlab.bench.run.Progress;
import shedlab.bench.run.Runner;
import shedlab.bench.run.SmallRun;
import shedlab.report.NotRun;
import shedlab.report.Project;
import shedlab.report.Report;
import shedlab.report.network.RoundTrips;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.RunFiles;
import shedlab.report.verify.Verification;

/** A whole run of a fleet of two, of which one is killed. What it measures is no evidence. */
class FleetRunIT {
  @TempDir private Path folder = Path.of("");

  private static final class Silent implements Progress {
    @Override
    public void phase(String what) {}

    @Override
    public void load(shedlab.report.raw.Progress report) {}

    @Override
    public void finished(CellResult cell, String verdict) {}
  }

  @Test
  void theCountsOfBothSidesAgreeAndEveryNumberFollowsFromTheRawFiles() throws Exception {
    NotRun.unless(Programs.isThere("haproxy"), "REQUIRE_FLEETS", "a fleet: no haproxy on the PATH");
    Experiment experiment =
        Experiment.load(
            Project.file("gatling/experiments/fleet.properties"),
            "smoke",
            Map.of(
                "fleet",
                "servers=2",
                "loads",
                "0.3",
                "warm-up",
                "1s",
                "measure",
                "8s",
                "kill",
                "at=1s,for=2s",
                "task-units",
                Integer.toString(SmallRun.UNITS)));
    Plan plan =
        Plan.of(
            experiment,
            SmallRun.CPUS.server().size(),
            17,
            Distributions.of(Project.root())::strategies);
    RunFiles files;
    Path scratch = folder.resolve("scratch");
    try (Host host =
        new FleetHost(
            SmallRun.host(scratch),
            SmallRun.CPUS,
            scratch,
            FleetHost.proxies(List.of(experiment)))) {
      files =
          RunFiles.create(
              folder.resolve("run"),
              plan.manifest("run", List.of(), Plan.Place.of(host, SmallRun.CPUS), SmallRun.UNITS),
              host.facts());
      new Runner(
              plan, new Goal(plan, files), SmallRun.UNITS, SmallRun.CPUS, host, files, new Silent())
          .run();
      files.endedAfter(1);
    }
    Report.write(files.folder());

    CellResult cell = files.cells().get(0);
    assertThat(cell.judgement().failure()).isNull();
    assertThat(cell.judgement().checks())
        .filteredOn(check -> check.name().startsWith("server: "))
        .hasSize(5)
        .allMatch(Check::ok);
    assertThat(cell.judgement().checks())
        .extracting(Check::bound)
        .contains("any: a server was killed", "any: cold on purpose");
    assertThat(cell.clientSide().dynamics()).isNotNull();
    assertThat(cell.clientSide().outcomes().good()).isPositive();
    assertThat(Verification.of(files.folder()).differences()).isEmpty();
    assertThat(files.env()).containsKey("proxy haproxy");
    assertThat(RoundTrips.read(files.folder()).has("netty")).isTrue();
    assertThat(files.folder().resolve("REPORT.md"))
        .content()
        .contains("servers=2,proxy=haproxy,balance=round-robin", "`GET /healthz`");
  }
}
