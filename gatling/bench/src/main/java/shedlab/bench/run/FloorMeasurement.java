package shedlab.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.report.raw.Floor;
import shedlab.report.raw.Floor.When;

/** Measures the machine's noise floor on idle CPUs, before a run and at its end. */
public final class FloorMeasurement {
  private static final Duration EVIDENCE = Duration.ofSeconds(2);
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final Host host;
  private final Path folder;
  private final Progress progress;
  private final Duration time;
  private Floor floor = Floor.NOT_MEASURED;

  /**
   * Of a run.
   *
   * @param evidence false for a run that only shows that it works: then a glance is enough
   */
  public FloorMeasurement(Host host, Path folder, Progress progress, boolean evidence) {
    this.host = host;
    this.folder = folder;
    this.progress = progress;
    this.time = evidence ? EVIDENCE : GLANCE;
  }

  /**
   * Measures and writes it; a run that is resumed has its first measurement already. Where it
   * cannot be measured, the run goes on without it, and its report says so.
   */
  public void measure(When when) throws IOException {
    if (when == When.AFTER || !Floor.read(folder).measured()) {
      progress.phase("noise floor");
      try {
        for (var machine : host.wakeUps(time).entrySet()) {
          Floor.add(folder, when, machine.getKey(), machine.getValue());
        }
      } catch (HostException e) {
        progress.phase("noise floor not measured: " + e.getMessage());
      }
    }
    floor = Floor.read(folder);
    progress.noiseFloor(floor);
  }

  /** As far as it has been measured. */
  public Floor floor() {
    return floor;
  }
}
