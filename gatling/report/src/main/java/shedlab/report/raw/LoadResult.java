package shedlab.report.raw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import shedlab.report.clock.ClockOffset;
import shedlab.report.file.StrictJson;
import shedlab.report.result.Attempts;
import shedlab.report.result.Latency;
import shedlab.report.result.Nesting;
import shedlab.report.result.Outcomes;
import shedlab.report.result.TenantResult;

/**
 * {@code client.json}: what the client saw of one job. Latencies are in microseconds.
 *
 * @param job the job as it was given
 * @param zeroEpochMicros wall-clock time of the schedule's zero
 * @param whole the whole job
 * @param window every request whose intended start is from the lead-in's end to the profile's end
 * @param generator how well the load generator did, in the window; if there were several, how well
 *     all of them did together: lateness and starts are those of all requests, CPU and collections
 *     those of the worst
 * @param gatling what Gatling counted
 * @param generators each of several, in the order of their parts; empty if there was one
 */
public record LoadResult(
    int formatVersion,
    LoadJob job,
    long zeroEpochMicros,
    Whole whole,
    Window window,
    Generator generator,
    Gatling gatling,
    List<Member> generators) {

  /** The version that this code writes. */
  public static final int FORMAT = 7;

  /** The file's name in a cell's folder. */
  public static final String FILE = "client.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(StrictJson.printer())
          .build();

  /**
   * The whole job, lead-in included.
   *
   * @param outcomes endings of every intended request
   * @param intended requests of the whole schedule
   * @param started how many of them the generator started; fewer means that it was overloaded
   * @param duplicates requests recorded twice; zero unless something is broken
   * @param attempts every try, by the answer on the wire
   */
  public record Whole(
      Outcomes outcomes, long intended, long started, long duplicates, Attempts attempts) {}

  /**
   * The measured window.
   *
   * @param seconds its length
   * @param attempts tries of the window's requests
   * @param tenants kinds of clients
   * @param admitted response times of 200s from the intended start
   * @param shed the same of 429s
   * @param failed the same of everything else that was started and ended
   * @param uncorrectedAdmitted of 200s from the actual start, to show the effect of counting from
   *     the intended one
   * @param uncorrectedShed the same of 429s
   * @param figures every other figure, by the title of its metric
   */
  public record Window(
      double seconds,
      Outcomes outcomes,
      Attempts attempts,
      List<TenantResult> tenants,
      Latency admitted,
      Latency shed,
      Latency failed,
      Latency uncorrectedAdmitted,
      Latency uncorrectedShed,
      Map<String, Double> figures) {}

  /**
   * How well the load generator did, in the window.
   *
   * @param lateness actual minus intended start
   * @param minStartRatio the smallest ratio of actual to intended starts in any whole second; 1 if
   *     there is none
   * @param cpuShare CPU time of its JVM as a share of its processors, 0 to 1
   * @param gcMillis garbage collection
   * @param worstSecondCpuShare the greatest {@code cpuShare} of any whole second
   * @param worstSecondGcMillis the most {@code gcMillis} of any whole second; no single pause was
   *     longer
   */
  public record Generator(
      Lateness lateness,
      double minStartRatio,
      double cpuShare,
      long gcMillis,
      double worstSecondCpuShare,
      long worstSecondGcMillis) {}

  /** How late requests started, in microseconds. */
  public record Lateness(long p50Micros, long p99Micros, long maxMicros) {}

  /**
   * The second record: the counts of Gatling's own log for the whole job.
   *
   * @param ok its count of 200s
   * @param ko its count of all others
   * @param koMessages Gatling's reasons, with counts
   * @param errors errors outside requests, with counts
   */
  public record Gatling(long ok, long ko, Map<String, Long> koMessages, Map<String, Long> errors) {}

  /**
   * One of several load generators.
   *
   * @param whole what it played of the whole job
   * @param generator how well it did
   * @param before how far its clock was ahead of the runner's when it was told its start
   * @param after the same when the load had ended
   */
  public record Member(Whole whole, Generator generator, ClockOffset before, ClockOffset after) {}

  /** A result of one load generator, of the version that this code writes. */
  public static LoadResult of(
      LoadJob job,
      long zeroEpochMicros,
      Whole whole,
      Window window,
      Generator generator,
      Gatling gatling) {
    return new LoadResult(
        FORMAT, job, zeroEpochMicros, whole, window, generator, gatling, List.of());
  }

  /** The same as the result of several together. */
  public LoadResult by(List<Member> several) {
    return new LoadResult(
        formatVersion, job, zeroEpochMicros, whole, window, generator, gatling, several);
  }

  /**
   * Reads the file of a cell's folder, of this version or an earlier one.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static LoadResult read(Path folder) throws IOException {
    return StrictJson.of(folder.resolve(FILE))
        .upgraded(FORMAT, LoadResult::upgrade)
        .as(LoadResult.class);
  }

  /** Writes the file into a folder. */
  public void write(Path folder) throws IOException {
    Files.write(folder.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  /** Adds what results of earlier versions did not have, as it then was, or zeros. */
  private static void upgrade(ObjectNode result, int version) {
    if (version < 2) {
      addTries(result, "attempts", "whole");
      addTries(result, "windowAttempts", "window");
      result.putArray("tenants");
      result.withObject("/job").set("clients", JSON.valueToTree(ClientBehaviour.PLAIN));
      for (String latency :
          List.of("admitted", "shed", "failed", "uncorrectedAdmitted", "uncorrectedShed")) {
        result.withObject("/" + latency).put("mean", 0.0);
      }
    }
    if (version < 3) {
      result.put("worstSecondCpuShare", 0.0);
      result.put("worstSecondGcMillis", 0);
    }
    if (version < 4) {
      nest(result);
    }
    if (version < 5 && result.get("window") instanceof ObjectNode window) {
      window.putObject("figures");
    }
    if (version < 6 && result.get("job") instanceof ObjectNode job) {
      JsonNode server = job.remove("baseUrl");
      ObjectNode address = JSON.valueToTree(WorkAddress.of("http://server"));
      job.set("address", server == null ? address : address.set("baseUrl", server));
    }
    if (version < 7) {
      result.putArray("generators");
    }
    result.put("formatVersion", FORMAT);
  }

  /** Clients sent each request once. */
  private static void addTries(ObjectNode result, String tries, String outcomes) {
    JsonNode counts = result.path(outcomes);
    long ok = counts.path("good").asLong() + counts.path("late").asLong();
    long shed = counts.path("shed").asLong();
    long failed =
        counts.path("other").asLong()
            + counts.path("timeout").asLong()
            + counts.path("transport").asLong();
    result.set(tries, JSON.valueToTree(new Attempts(ok + shed + failed, ok, shed, failed)));
  }

  private static void nest(ObjectNode flat) {
    if (flat.get("job") instanceof ObjectNode job) {
      job.remove("headers"); // never used
    }
    ObjectNode whole = flat.objectNode();
    Nesting.move(flat, "whole", whole, "outcomes");
    Nesting.move(flat, "intendedTotal", whole, "intended");
    Nesting.move(flat, "startedTotal", whole, "started");
    Nesting.move(flat, "duplicates", whole, "duplicates");
    Nesting.move(flat, "attempts", whole, "attempts");
    flat.set("whole", whole);
    ObjectNode window = flat.objectNode();
    Nesting.move(flat, "windowSeconds", window, "seconds");
    Nesting.move(flat, "window", window, "outcomes");
    Nesting.move(flat, "windowAttempts", window, "attempts");
    for (String same :
        List.of(
            "tenants", "admitted", "shed", "failed", "uncorrectedAdmitted", "uncorrectedShed")) {
      Nesting.move(flat, same, window, same);
    }
    flat.set("window", window);
    Nesting.nest(
        flat,
        "generator",
        "lateness",
        "minStartRatio",
        "cpuShare",
        "gcMillis",
        "worstSecondCpuShare",
        "worstSecondGcMillis");
    ObjectNode gatling = flat.objectNode();
    Nesting.move(flat, "gatlingOk", gatling, "ok");
    Nesting.move(flat, "gatlingKo", gatling, "ko");
    Nesting.move(flat, "gatlingKoMessages", gatling, "koMessages");
    Nesting.move(flat, "gatlingErrors", gatling, "errors");
    flat.set("gatling", gatling);
  }
}
