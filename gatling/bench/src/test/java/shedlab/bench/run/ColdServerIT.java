package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.report.Project;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Check;

/** A server that works in interpreted code, as one does that is measured before it is warm. */
class ColdServerIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aServerInInterpretedCodeIsCaughtAndAWarmOneIsNot() throws IOException {
    Samples warm = tasks("", 50);
    Double calibrated = warm.unitCpuNanos();
    Capacity capacity = new Capacity(200, 195, 205, 0.99, calibrated);

    assertThat(check(capacity, warm)).matches(Check::ok);
    assertThat(check(capacity, tasks(interpreting(), 1))).matches(check -> !check.ok());
  }

  /** What a server samples that has done some tasks, while it does more of them. */
  private Samples tasks(String java, int warming) {
    try (ProcessHost host =
            new ProcessHost(
                Distributions.of(Project.root()), CpuSplit.ofThisMachine(), folder, java);
        RunningServer server =
            host.startServer(ServerSettings.of("netty", "reject-all+none", 1_000, 1, Map.of()))) {
      ServerProbe probe = new ServerProbe(server.url());
      probe.switchStrategyOff();
      probe.unitCpuNanos(1_000, warming);
      long from = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      while (true) {
        probe.unitCpuNanos(1_000, 2);
        Samples samples =
            new Samples(ServerCsv.parse(server.samples())).between(from, Long.MAX_VALUE);
        if (samples.unitCpuNanos() != null) {
          return samples;
        }
      }
    }
  }

  /** A JVM that compiles all but the task: with {@code -Xint} it would not start within seconds. */
  private String interpreting() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path script = folder.resolve("java");
    String only = "-XX:CompileCommand=quiet -XX:CompileCommand=exclude,shedlab.task.CpuTask::*";
    Files.writeString(script, "#!/bin/sh\nexec '" + java + "' " + only + " \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script.toString();
  }

  private static Check check(Capacity capacity, Samples window) {
    return Validity.of(
            MeasuredCell.CELL,
            MeasuredCell.EXPERIMENT,
            capacity,
            MeasuredCell.undisturbed(),
            MeasuredCell.server(550, 450),
            window,
            0)
        .stream()
        .filter(check -> check.name().equals("CPU per task / calibrated"))
        .findFirst()
        .orElseThrow();
  }
}
