package shedlab.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import shedlab.admission.Limit;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.ServerCsv;

/**
 * The course of a cell, thinned to slots of equal length, as whole numbers for the page.
 *
 * <p>Counts become rates per second, gauges tenths of a request, CPU a percentage of the server's
 * CPUs, times microseconds: of the medians in a slot their mean, weighted by requests, and of the
 * 99th percentiles the greatest. {@link #NOTHING} stands where there is no figure.
 */
final class Timeline {
  static final int NOTHING = -1;

  /** Bounds of the heat map, in microseconds, where the raw file has no finer ones: 1-2-5. */
  private static final long[] BOUNDS = {
    1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000,
    5_000_000
  };

  private final int slots;
  private final double slotSeconds;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private Timeline(int slots, double slotSeconds) {
    this.slots = slots;
    this.slotSeconds = slotSeconds;
    json.put("step", slotSeconds);
  }

  /** The timeline as an object; empty series are left out. */
  static ObjectNode of(
      List<ClientCsv.Row> client, List<ServerCsv.Row> server, double slotSeconds, int serverCpus) {
    double end = 0;
    if (!client.isEmpty()) {
      end = client.get(client.size() - 1).second() + 0.05;
    } else if (!server.isEmpty()) {
      end = server.get(server.size() - 1).second();
    }
    var timeline = new Timeline((int) Math.ceil(end / slotSeconds), slotSeconds);
    if (!client.isEmpty()) {
      timeline.client(client);
    }
    if (!server.isEmpty()) {
      timeline.server(server, serverCpus);
    }
    return timeline.json;
  }

  private void client(List<ClientCsv.Row> rows) {
    rate("offered", rows, ClientCsv.Row::offered);
    rate("admitted", rows, ClientCsv.Row::admitted);
    rate("late", rows, ClientCsv.Row::late);
    rate("shed", rows, ClientCsv.Row::shed);
    rate("failed", rows, ClientCsv.Row::failed);
    long[] medians = new long[slots];
    long[] admitted = new long[slots];
    long[] worst = new long[slots];
    for (ClientCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot >= 0 && row.admitted() > 0) {
        medians[slot] += row.p50Micros() * row.admitted();
        admitted[slot] += row.admitted();
        worst[slot] = Math.max(worst[slot], row.p99Micros());
      }
    }
    ArrayNode p50 = json.putArray("p50");
    ArrayNode p99 = json.putArray("p99");
    for (int i = 0; i < slots; i++) {
      p50.add(admitted[i] == 0 ? NOTHING : Math.round((double) medians[i] / admitted[i]));
      p99.add(admitted[i] == 0 ? NOTHING : worst[i]);
    }
    heat(rows);
  }

  /** Sparse: slot, index of the bound, count, and so on. */
  private void heat(List<ClientCsv.Row> rows) {
    boolean counted = rows.stream().anyMatch(r -> !r.belowMicros().isEmpty());
    long[] bounds =
        counted
            ? rows.stream()
                .flatMap(r -> r.belowMicros().keySet().stream())
                .mapToLong(b -> b)
                .distinct()
                .sorted()
                .toArray()
            : BOUNDS;
    long[][] counts = new long[slots][bounds.length];
    for (ClientCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot < 0) {
        continue;
      }
      if (counted) {
        for (Map.Entry<Long, Long> bin : row.belowMicros().entrySet()) {
          counts[slot][bin(bounds, bin.getKey() - 1)] += bin.getValue();
        }
      } else if (row.admitted() > 0) {
        counts[slot][bin(bounds, row.p50Micros())]++;
        counts[slot][bin(bounds, row.p99Micros())]++;
      }
    }
    json.put("heatCounts", counted);
    ArrayNode edges = json.putArray("heatBounds");
    for (long bound : bounds) {
      edges.add(bound);
    }
    ArrayNode heat = json.putArray("heat");
    for (int i = 0; i < slots; i++) {
      for (int b = 0; b < bounds.length; b++) {
        if (counts[i][b] > 0) {
          heat.add(i).add(b).add(counts[i][b]);
        }
      }
    }
  }

  private static int bin(long[] bounds, long micros) {
    int bin = 0;
    while (bin < bounds.length - 1 && micros >= bounds[bin]) {
      bin++;
    }
    return bin;
  }

  private void server(List<ServerCsv.Row> rows, int cpus) {
    if (rows.stream().anyMatch(r -> r.limit() < Limit.MAX)) {
      gauge("limit", rows, r -> Math.min(r.limit(), 1_000_000));
    }
    gauge("inflight", rows, ServerCsv.Row::inflight);
    gauge("waiting", rows, ServerCsv.Row::waiting);
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
    ArrayNode cpu = json.putArray("cpu");
    for (int i = 0; i < slots; i++) {
      cpu.add(passed[i] == 0 ? NOTHING : Math.round(100 * used[i] / passed[i] / cpus));
    }
  }

  private void rate(String name, List<ClientCsv.Row> rows, ToLongFunction<ClientCsv.Row> count) {
    long[] sums = new long[slots];
    for (ClientCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot >= 0) {
        sums[slot] += count.applyAsLong(row);
      }
    }
    ArrayNode series = json.putArray(name);
    for (long sum : sums) {
      series.add(Math.round(sum / slotSeconds));
    }
  }

  private void gauge(String name, List<ServerCsv.Row> rows, ToLongFunction<ServerCsv.Row> value) {
    long[] sums = new long[slots];
    int[] samples = new int[slots];
    for (ServerCsv.Row row : rows) {
      int slot = slot(row.second());
      if (slot >= 0) {
        sums[slot] += value.applyAsLong(row);
        samples[slot]++;
      }
    }
    ArrayNode series = json.putArray(name);
    for (int i = 0; i < slots; i++) {
      series.add(samples[i] == 0 ? NOTHING : Math.round(10.0 * sums[i] / samples[i]));
    }
  }

  private int slot(double second) {
    int slot = (int) Math.floor(second / slotSeconds + 1e-9);
    return slot < slots ? slot : NOTHING;
  }
}
