package shedlab.bench.run;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import shedlab.admission.Shed;
import shedlab.bench.host.HostException;

/**
 * A server's own counters at one moment, from its {@code /metrics}.
 *
 * @param received requests that reached the gate
 * @param shed by reason in lower case, every reason present
 */
record ServerCounts(
    long inflight, long waiting, long received, long admitted, Map<String, Long> shed) {

  static ServerCounts of(Map<String, Double> metrics) {
    Map<String, Long> shed = new TreeMap<>();
    for (Shed reason : Shed.values()) {
      String name = reason.name().toLowerCase(Locale.ROOT);
      shed.put(name, read(metrics, "shedlab_shed_total{reason=\"" + name + "\"}"));
    }
    return new ServerCounts(
        read(metrics, "shedlab_inflight"),
        read(metrics, "shedlab_waiting"),
        read(metrics, "shedlab_received_total"),
        read(metrics, "shedlab_admitted_total"),
        shed);
  }

  private static long read(Map<String, Double> metrics, String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new HostException("metrics: no " + name + " (expected: the whole contract)");
    }
    return value.longValue();
  }

  /** What was counted since {@code earlier}; in flight and waiting are as now. */
  ServerCounts since(ServerCounts earlier) {
    Map<String, Long> difference = new TreeMap<>();
    shed.forEach(
        (reason, count) -> difference.put(reason, count - earlier.shed.getOrDefault(reason, 0L)));
    return new ServerCounts(
        inflight, waiting, received - earlier.received, admitted - earlier.admitted, difference);
  }

  long shedTotal() {
    return shed.values().stream().mapToLong(Long::longValue).sum();
  }

  boolean idle() {
    return inflight == 0 && waiting == 0;
  }
}
