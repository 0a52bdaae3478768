package shedlab.report.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.ServerUse;

/**
 * Checks one line of {@code cells.jsonl} against itself and against the raw files of its cell. On
 * purpose, its arithmetic shares no code with the code that made the figures.
 */
final class CellCheck {
  /** The tolerance for the same sum in another order. */
  private static final double ROUNDING = 1e-9;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Manifest plan;
  private final CellResult cell;
  private final Path folder;
  private final List<String> differences = new ArrayList<>();

  CellCheck(Manifest plan, CellResult cell, Path folder) {
    this.plan = plan;
    this.cell = cell;
    this.folder = folder;
  }

  List<String> differences() {
    return differences;
  }

  /** Rates and counts that follow from other fields of the line. */
  void itself() {
    Outcomes outcomes = cell.clientSide().outcomes();
    if (cell.clientSide().windowSeconds() > 0) {
      same(
          "goodputPerSecond",
          cell.clientSide().goodputPerSecond(),
          outcomes.good() / cell.clientSide().windowSeconds());
    }
    same("admittedLatency.count", cell.clientSide().admittedLatency().count(), outcomes.ok());
    same("shedLatency.count", cell.clientSide().shedLatency().count(), outcomes.shed());
    Certificate.contradictions(cell.judgement().checks()).forEach(this::differs);
  }

  /** Checks every value that is also in the raw files; false if there are none. */
  boolean raw() throws IOException {
    if (!Verification.hasRaw(folder)) {
      return false;
    }
    JsonNode client = LoadResult.tree(folder);
    JsonNode window = client.path("window");
    double leadIn = client.path("job").path("leadInSeconds").asDouble();
    same("windowSeconds", cell.clientSide().windowSeconds(), window.path("seconds").asDouble());
    same(
        "outcomes, by client.json",
        cell.clientSide().outcomes(),
        outcomes(window.path("outcomes")));
    if (Files.isRegularFile(folder.resolve(ClientCsv.FILE))) {
      ClientCsv course = ClientCsv.read(folder);
      same("outcomes, by client.csv", cell.clientSide().outcomes(), outcomesFrom(course, leadIn));
      dynamics(course, leadIn);
    }
    same(
        "admittedLatency, by client.json",
        cell.clientSide().admittedLatency(),
        window.path("admitted"));
    same("shedLatency, by client.json", cell.clientSide().shedLatency(), window.path("shed"));
    if (window.has("tenants")) { // earlier formats do not have it
      same("tenants", tree(cell.clientSide().tenants()), window.path("tenants"));
    }
    if (cell.clientSide().attempts() != null) {
      same("attempts", tree(cell.clientSide().attempts()), window.path("attempts"));
    }
    Map<String, String> told = Certificate.told(client);
    for (Check check : cell.judgement().checks()) {
      same(check.name(), check.value(), told.getOrDefault(check.name(), check.value()));
    }
    if (Files.isRegularFile(folder.resolve(LatencyLog.FILE))) {
      Map<LatencyLog.Kind, Histogram> times = LatencyLog.read(folder);
      same(
          "admittedLatency, by latency.hlog",
          cell.clientSide().admittedLatency(),
          times.get(LatencyLog.Kind.ADMITTED));
      same(
          "shedLatency, by latency.hlog",
          cell.clientSide().shedLatency(),
          times.get(LatencyLog.Kind.SHED));
    }
    if (Files.isRegularFile(folder.resolve(ServerCsv.FILE))) {
      server(client, leadIn);
    }
    return true;
  }

  /** The sum of the rows from the end of the lead-in on. */
  private static Outcomes outcomesFrom(ClientCsv course, double leadInSeconds) {
    long[] sums = new long[6];
    for (ClientCsv.Row row : course.rows()) {
      if (row.second() >= leadInSeconds - ROUNDING) {
        Outcomes o = row.outcomes();
        long[] counts = {o.good(), o.late(), o.shed(), o.other(), o.timeout(), o.transport()};
        for (int i = 0; i < counts.length; i++) {
          sums[i] += counts[i];
        }
      }
    }
    return new Outcomes(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  /** The value as it would be read back. */
  private static JsonNode tree(Object value) throws IOException {
    return JSON.readTree(JSON.writeValueAsBytes(value));
  }

  private static Outcomes outcomes(JsonNode node) {
    return new Outcomes(
        node.path("good").asLong(),
        node.path("late").asLong(),
        node.path("shed").asLong(),
        node.path("other").asLong(),
        node.path("timeout").asLong(),
        node.path("transport").asLong());
  }

  /** How the cell followed its plan's change. */
  private void dynamics(ClientCsv course, double leadIn) {
    double[] change = Changes.of(plan, cell.variant(), cell.load());
    if (cell.clientSide().dynamics() != null && change.length > 0) {
      Dynamics again =
          Followed.late(
              course,
              cell.capacityPerSecond(),
              plan.load().deadlineMillis(),
              new double[] {leadIn + change[0], leadIn + change[1]},
              Changes.lateRows(plan, cell.variant()),
              cell.clientSide().dynamics());
      same("settleSeconds", cell.clientSide().dynamics().settleSeconds(), again.settleSeconds());
      same(
          "overshootMillis",
          cell.clientSide().dynamics().overshootMillis(),
          again.overshootMillis());
      same(
          "recoverySeconds",
          cell.clientSide().dynamics().recoverySeconds(),
          again.recoverySeconds());
    }
  }

  /** The server's own samples within the window. */
  private void server(JsonNode client, double leadIn) throws IOException {
    double seconds = leadIn + cell.clientSide().windowSeconds();
    long zero = client.path("zeroEpochMicros").asLong();
    long from = zero + (long) (leadIn * 1e6);
    long to = zero + (long) (seconds * 1e6);
    List<ServerCsv.Row> window =
        ServerCsv.read(folder).rows().stream()
            .filter(row -> row.epochMicros() >= from && row.epochMicros() <= to)
            .toList();
    if (window.size() < 2) {
      return;
    }
    boolean unlimited = window.stream().allMatch(row -> row.limit() == Limit.MAX);
    same(
        "meanLimit",
        cell.serverSide().meanLimit(),
        unlimited ? null : mean(window, ServerCsv.Row::limit));
    same("meanInflight", cell.serverSide().meanInflight(), mean(window, ServerCsv.Row::inflight));
    same("meanWaiting", cell.serverSide().meanWaiting(), mean(window, ServerCsv.Row::waiting));
    ServerCsv.Row first = window.get(0);
    ServerCsv.Row last = window.get(window.size() - 1);
    double wall = last.epochMicros() - first.epochMicros();
    double cpu = last.cpuMicros() - first.cpuMicros();
    int cpus = plan.setUp().serverCpus().split(",", -1).length;
    same("serverCpuShare", cell.serverSide().cpuShare(), cpu / wall / cpus);
    ServerUse use = cell.serverSide().use();
    if (use != null) { // earlier formats do not have it
      same("use.cpuSeconds", use.cpuSeconds(), cpu / 1e6);
      same("use.received", use.received(), last.received() - first.received());
      same("use.completed", use.completed(), last.completed() - first.completed());
      same("use.shed", use.shed(), last.shed() - first.shed());
      same(
          "use.throttledSeconds",
          use.throttledSeconds(),
          (last.throttledMicros() - first.throttledMicros()) / 1e6);
    }
  }

  private static double mean(List<ServerCsv.Row> rows, ToLongFunction<ServerCsv.Row> gauge) {
    return rows.stream().mapToLong(gauge).average().orElse(0);
  }

  private void same(String what, Latency found, JsonNode node) {
    for (String part : List.of("count", "p50", "p90", "p99", "p999", "max")) {
      same(what + ", " + part, part(found, part), node.path(part).asLong());
    }
  }

  private static long part(Latency latency, String name) {
    return switch (name) {
      case "count" -> latency.count();
      case "p50" -> latency.p50();
      case "p90" -> latency.p90();
      case "p99" -> latency.p99();
      case "p999" -> latency.p999();
      default -> latency.max();
    };
  }

  private void same(String what, Latency found, @Nullable Histogram micros) {
    Latency expected = Percentiles.of(micros == null ? new Histogram(3) : micros);
    same(what, found, JSON.<JsonNode>valueToTree(expected));
    if (found.mean() > 0) { // earlier formats do not have it
      same(what + ", mean", found.mean(), expected.mean());
    }
  }

  private void same(String what, @Nullable Object found, @Nullable Object expected) {
    if (!Objects.equals(found, expected) && !close(found, expected)) {
      differs(what + ": " + found + " (expected: " + expected + ")");
    }
  }

  private void differs(String what) {
    differences.add("cells.jsonl: " + cell.key().id() + ": " + what);
  }

  private static boolean close(@Nullable Object found, @Nullable Object expected) {
    return found instanceof Double a
        && expected instanceof Double b
        && Math.abs(a - b) <= ROUNDING * Math.max(1, Math.abs(b));
  }
}
