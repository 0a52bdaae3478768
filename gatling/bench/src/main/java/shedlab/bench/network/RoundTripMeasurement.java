package shedlab.bench.network;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import shedlab.bench.control.ServerControl;
import shedlab.bench.experiment.Cell;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.network.RoundTrips;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.WorkAddress;

/**
 * Measures what an exchange without work takes, from where the load comes and with the clocks of
 * every other response time: the load generator asks for a server's health, so seldom that one
 * request at a time uses one kept connection. Once for each server of a run.
 */
public final class RoundTripMeasurement {
  private static final double PER_SECOND = 100;
  private static final double LEAD_IN_SECONDS = 0.5;
  private static final double EVIDENCE_SECONDS = 3;
  private static final double GLANCE_SECONDS = 1;
  private static final long TIMEOUT_MILLIS = 1_000;

  /** Runs loads; their files go into a folder. */
  public interface Loads {
    /**
     * Runs one.
     *
     * @throws HostException if the load generator fails
     */
    LoadResult run(LoadJob job, Path into);
  }

  private final Loads loads;
  private final Path folder;
  private final boolean evidence;
  private final Consumer<String> progress;

  /**
   * Of a run.
   *
   * @param folder of the run
   * @param evidence false for a run that only shows that it works: then a glance is enough
   * @param progress is told what was found
   */
  public RoundTripMeasurement(
      Loads loads, Path folder, boolean evidence, Consumer<String> progress) {
    this.loads = loads;
    this.folder = folder;
    this.evidence = evidence;
    this.progress = progress;
  }

  /**
   * Measures a server that is warm, once it is idle, unless that was done before. Where it cannot
   * be measured, the run goes on without it.
   */
  public void of(String server, RunningServer running) throws IOException {
    String name = Cell.slug(server);
    if (RoundTrips.read(folder).has(name)) {
      return;
    }
    try {
      ServerControl control = ServerControl.of(running);
      control.awaitWorkedOff();
      if (evidence) {
        control.awaitQuiet(); // the compilers of a server take the CPU of its I/O threads
      }
      Path into = folder.resolve("round-trip").resolve(name);
      loads.run(job(running), into);
      Histogram micros = LatencyLog.read(into).get(LatencyLog.Kind.ADMITTED);
      if (micros == null) {
        throw new HostException("GET " + health(running), "no 200", "200");
      }
      RoundTrips.add(folder, name, micros);
      progress.accept(
          String.format(
              Locale.ROOT,
              "round trip of %s: least %.2f ms, p50 %.2f ms, p99 %.2f ms",
              server,
              micros.getMinValue() / 1e3,
              micros.getValueAtPercentile(50) / 1e3,
              micros.getValueAtPercentile(99) / 1e3));
    } catch (HostException e) {
      progress.accept("round trip not measured: " + e.getMessage());
    }
  }

  private LoadJob job(RunningServer running) {
    double seconds = evidence ? EVIDENCE_SECONDS : GLANCE_SECONDS;
    return new LoadJob(
        "round-trip",
        new WorkAddress(running.loadUrl().toString(), health(running), List.of(429)),
        List.of(new Segment(PER_SECOND, LEAD_IN_SECONDS + seconds)),
        "constant",
        0,
        1,
        "deterministic",
        TIMEOUT_MILLIS,
        TIMEOUT_MILLIS,
        LEAD_IN_SECONDS,
        false,
        new ClientBehaviour("none", true, false, false, List.of(), 0, 1));
  }

  private static String health(RunningServer running) {
    URI url = running.healthUrl();
    String query = url.getRawQuery();
    return Objects.requireNonNullElse(url.getRawPath(), "/") + (query == null ? "" : "?" + query);
  }
}
