package shedlab.gatling.experiment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.Hosted;
import shedlab.gatling.load.LoadJob;
import shedlab.gatling.load.LoadResult;

/**
 * What 1x means on each server, measured when it is first asked for and kept in {@code
 * capacity.json}.
 */
final class Calibration {
  private static final int ATTEMPTS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Station station;
  private final Jobs jobs;
  private final CpuSplit cpus;
  private final Path folder;
  private final Progress progress;

  Calibration(Station station, Jobs jobs, CpuSplit cpus, Path folder, Progress progress) {
    this.station = station;
    this.jobs = jobs;
    this.cpus = cpus;
    this.folder = folder;
    this.progress = progress;
  }

  /** The capacity of a server. */
  Capacity of(String server) throws IOException {
    Map<String, Capacity> known = read();
    Capacity capacity = known.get(server);
    if (capacity == null) {
      capacity = measure(server);
      known.put(server, capacity);
      write(known);
    }
    return capacity;
  }

  /** The first attempt in which the server had no idle moment, or the busiest of a few. */
  private Capacity measure(String server) throws IOException {
    Capacity busiest = attempt(server);
    for (int i = 1; i < ATTEMPTS && !busiest.saturated(); i++) {
      progress.phase("calibration not saturated, again");
      Capacity again = attempt(server);
      busiest = again.cpuShare() > busiest.cpuShare() ? again : busiest;
    }
    return busiest;
  }

  private Capacity attempt(String server) throws IOException {
    progress.phase("calibrating " + server);
    try (Hosted hosted = station.start(server, neverIdle(), "")) {
      LoadJob job =
          jobs.calibration(hosted.loadUrl(), station.serviceSeconds(hosted), cpus.server().size());
      LoadResult load = station.load(job, folder.resolve("calibration").resolve(server));
      return Capacity.of(
          Station.samples(hosted, load, job.leadInSeconds(), Station.seconds(job)),
          cpus.server().size());
    }
  }

  /** Keeps every worker busy and the excess out, without losing work to clients that gave up. */
  private String neverIdle() {
    int workers = station.workers();
    return "fixed:limit=" + workers + "+fifo:capacity=" + 4 * workers + ",timeout=1min";
  }

  private Map<String, Capacity> read() throws IOException {
    Path file = folder.resolve("capacity.json");
    return Files.exists(file)
        ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Capacity>>() {})
        : new TreeMap<>();
  }

  private void write(Map<String, Capacity> capacities) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("capacity.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(capacities) + "\n");
  }
}
