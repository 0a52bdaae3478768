package shedlab.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import shedlab.admission.Limit;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.ServerCsv;

/**
 * The time series of a cell, reduced to slots of equal length. Counts become rates per second,
 * gauges become means, CPU becomes a share of the server's CPUs. Times are in microseconds: a slot
 * has the mean of its medians, weighted by requests, and the greatest of its 99th percentiles. NaN
 * means that there is no figure; a series without any figure is missing.
 */
final class CellCourse {
  /** The series. */
  enum Series {
    OFFERED,
    ADMITTED,
    LATE,
    SHED,
    FAILED,
    P50,
    P99,
    LIMIT,
    INFLIGHT,
    WAITING,
    CPU
  }

  /** Bounds of the heat map, in microseconds, where the raw file has no finer ones: 1-2-5. */
  private static final long[] BOUNDS = {
    1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000,
    5_000_000
  };

  private final int slots;
  private final double slotSeconds;
  private final Map<Series, double[]> series = new EnumMap<>(Series.class);
  private final List<Long> bounds = new ArrayList<>();
  private long[][] counts = {};
  private boolean counted;

  /** The course from the files of both sides; either may be empty. */
  CellCourse(
      List<ClientCsv.Row> client, List<ServerCsv.Row> server, double slotSeconds, int serverCpus) {
    double end = 0;
    if (!client.isEmpty()) {
      end = client.get(client.size() - 1).second() + 0.05;
    } else if (!server.isEmpty()) {
      end = server.get(server.size() - 1).second();
    }
    this.slotSeconds = slotSeconds;
    this.slots = (int) Math.ceil(end / slotSeconds);
    if (!client.isEmpty()) {
      client(client);
    }
    if (!server.isEmpty()) {
      server(server, serverCpus);
    }
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  /** Seconds until the end of the last slot. */
  double seconds() {
    return slots * slotSeconds;
  }

  double slotSeconds() {
    return slotSeconds;
  }

  /** One value for each slot; empty without figures. */
  double[] of(Series which) {
    double[] values = series.get(which);
    return values == null ? new double[0] : values;
  }

  /** The greatest value of some series; 0 without figures. */
  double most(Series... of) {
    return Arrays.stream(of)
        .flatMapToDouble(s -> Arrays.stream(of(s)))
        .filter(Double::isFinite)
        .reduce(0, Math::max);
  }

  /** Upper bounds of the heat map's rows, in microseconds. */
  List<Long> bounds() {
    return bounds;
  }

  /** Requests in a slot and below a bound; taken from percentiles if requests were not counted. */
  long count(int slot, int bound) {
    return counts[slot][bound];
  }

  /** True if the heat map counts requests. */
  boolean counted() {
    return counted;
  }

  private void client(List<ClientCsv.Row> rows) {
    rate(Series.OFFERED, rows, ClientCsv.Row::offered);
    rate(Series.ADMITTED, rows, ClientCsv.Row::admitted);
    rate(Series.LATE, rows, ClientCsv.Row::late);
    rate(Series.SHED, rows, ClientCsv.Row::shed);
    rate(Series.FAILED, rows, ClientCsv.Row::failed);
    double[] medians = new double[slots];
    double[] admitted = new double[slots];
    double[] worst = new double[slots];
    for (ClientCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot >= 0 && row.admitted() > 0) {
        medians[slot] += (double) row.p50Micros() * row.admitted();
        admitted[slot] += row.admitted();
        worst[slot] = Math.max(worst[slot], (double) row.p99Micros());
      }
    }
    double[] p50 = new double[slots];
    double[] p99 = new double[slots];
    for (int i = 0; i < slots; i++) {
      p50[i] = admitted[i] == 0 ? Double.NaN : medians[i] / admitted[i];
      p99[i] = admitted[i] == 0 ? Double.NaN : worst[i];
    }
    series.put(Series.P50, p50);
    series.put(Series.P99, p99);
    heat(rows);
  }

  private void heat(List<ClientCsv.Row> rows) {
    counted = rows.stream().anyMatch(r -> !r.belowMicros().isEmpty());
    long[] all =
        counted
            ? rows.stream()
                .flatMap(r -> r.belowMicros().keySet().stream())
                .mapToLong(b -> b)
                .distinct()
                .sorted()
                .toArray()
            : BOUNDS;
    Arrays.stream(all).forEach(bounds::add);
    counts = new long[slots][all.length];
    for (ClientCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot < 0) {
        continue;
      }
      if (counted) {
        for (Map.Entry<Long, Long> bin : row.belowMicros().entrySet()) {
          counts[slot][bin(bin.getKey() - 1)] += bin.getValue();
        }
      } else if (row.admitted() > 0) {
        counts[slot][bin(row.p50Micros())]++;
        counts[slot][bin(row.p99Micros())]++;
      }
    }
  }

  private int bin(long micros) {
    int bin = 0;
    while (bin < bounds.size() - 1 && micros >= bounds.get(bin)) {
      bin++;
    }
    return bin;
  }

  private void server(List<ServerCsv.Row> rows, int cpus) {
    if (rows.stream().anyMatch(r -> r.limit() < Limit.MAX)) {
      gauge(Series.LIMIT, rows, r -> Math.min(r.limit(), 1_000_000));
    }
    gauge(Series.INFLIGHT, rows, ServerCsv.Row::inflight);
    gauge(Series.WAITING, rows, ServerCsv.Row::waiting);
    double[] used = new double[slots];
    double[] passed = new double[slots];
    for (int i = 1; i < rows.size(); i++) {
      ServerCsv.Row from = rows.get(i - 1);
      ServerCsv.Row to = rows.get(i);
      int slot = slot(to.second());
      if (slot >= 0) {
        used[slot] += (to.cpuMicros() - from.cpuMicros()) / 1e6;
        passed[slot] += to.second() - from.second();
      }
    }
    double[] cpu = new double[slots];
    for (int i = 0; i < slots; i++) {
      cpu[i] = passed[i] == 0 ? Double.NaN : used[i] / passed[i] / cpus;
    }
    series.put(Series.CPU, cpu);
  }

  private void rate(Series which, List<ClientCsv.Row> rows, ToLongFunction<ClientCsv.Row> count) {
    double[] rates = new double[slots];
    for (ClientCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot >= 0) {
        rates[slot] += count.applyAsLong(row) / slotSeconds;
      }
    }
    series.put(which, rates);
  }

  private void gauge(Series which, List<ServerCsv.Row> rows, ToLongFunction<ServerCsv.Row> value) {
    double[] sums = new double[slots];
    int[] samples = new int[slots];
    for (ServerCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot >= 0) {
        sums[slot] += value.applyAsLong(row);
        samples[slot]++;
      }
    }
    double[] means = new double[slots];
    for (int i = 0; i < slots; i++) {
      means[i] = samples[i] == 0 ? Double.NaN : sums[i] / samples[i];
    }
    series.put(which, means);
  }

  private int slot(double second) {
    int slot = (int) Math.floor(second / slotSeconds + 1e-9);
    return slot < slots ? slot : -1;
  }
}
