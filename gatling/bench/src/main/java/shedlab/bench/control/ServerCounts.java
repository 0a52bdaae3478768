package shedlab.bench.control;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.admission.Shed;
import shedlab.bench.host.HostException;

/**
 * A server's own counters at one moment, from its {@code /metrics}.
 *
 * @param underWay requests received that have neither been completed nor shed
 * @param received requests that reached the gate
 * @param shed by reason in lower case, every reason present
 * @param unseen at most so many are missing, which a server decided right before it was killed
 */
public record ServerCounts(
    long underWay, long received, long admitted, Map<String, Long> shed, long unseen) {

  private static final Pattern SHED =
      Pattern.compile("shedlab_shed_total(?:\\{reason=\"([^\"]*)\"\\})?");

  /** Those of a server that tells all. */
  public ServerCounts(long underWay, long received, long admitted, Map<String, Long> shed) {
    this(underWay, received, admitted, shed, 0);
  }

  /** From what {@code /metrics} tells. */
  public static ServerCounts of(Map<String, Double> metrics) {
    Map<String, Long> shed = new TreeMap<>();
    for (Shed reason : Shed.values()) {
      shed.put(reason.name().toLowerCase(Locale.ROOT), 0L);
    }
    metrics.forEach(
        (name, value) -> {
          Matcher sample = SHED.matcher(name);
          if (sample.matches()) { // a target may have reasons of its own, or tell none
            String reason = Objects.requireNonNullElse(sample.group(1), "other");
            shed.merge(reason, value.longValue(), Long::sum);
          }
        });
    long received = read(metrics, "shedlab_received_total");
    // The gate does not know of requests that are still on their way to it through other threads.
    long notEnded = received - sum(shed) - read(metrics, "shedlab_completed_total");
    long inGate = gauge(metrics, "shedlab_inflight") + gauge(metrics, "shedlab_waiting");
    return new ServerCounts(
        Math.max(notEnded, inGate), received, read(metrics, "shedlab_admitted_total"), shed);
  }

  /** 0 if a target does not tell it. */
  private static long gauge(Map<String, Double> metrics, String name) {
    return metrics.getOrDefault(name, 0.0).longValue();
  }

  private static long read(Map<String, Double> metrics, String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new HostException("metrics", "no " + name, "the whole contract");
    }
    return value.longValue();
  }

  /** What was counted since {@code earlier}; under way is as now. */
  public ServerCounts since(ServerCounts earlier) {
    Map<String, Long> difference = new TreeMap<>();
    shed.forEach(
        (reason, count) -> difference.put(reason, count - earlier.shed.getOrDefault(reason, 0L)));
    return new ServerCounts(
        underWay, received - earlier.received, admitted - earlier.admitted, difference);
  }

  /** The same, of which so many may be missing. */
  public ServerCounts lacking(long atMost) {
    return new ServerCounts(underWay, received, admitted, shed, atMost);
  }

  /** Those of two servers together. */
  ServerCounts and(ServerCounts other) {
    Map<String, Long> both = new TreeMap<>(shed);
    other.shed.forEach((reason, count) -> both.merge(reason, count, Long::sum));
    return new ServerCounts(
        underWay + other.underWay, received + other.received, admitted + other.admitted, both);
  }

  /** Only those that were admitted or shed: nothing becomes of the others. */
  ServerCounts decided() {
    return new ServerCounts(0, admitted + shedTotal(), admitted, shed);
  }

  /** Refused, for whatever reason. */
  public long shedTotal() {
    return sum(shed);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Requests received that are neither admitted nor shed. */
  long undecided() {
    return received - admitted - shedTotal();
  }

  /** Whether nothing is under way. */
  public boolean idle() {
    return underWay == 0;
  }
}
