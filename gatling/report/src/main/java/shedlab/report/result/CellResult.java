package shedlab.report.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code cells.jsonl}: one server under one strategy at one offered load, once.
 *
 * @param formatVersion of this record
 * @param capacityPerSecond the server's calibrated capacity: what 1x means
 * @param clientSide what the clients saw
 * @param serverSide what the server reported
 * @param judgement the runner's judgement
 */
public record CellResult(
    int formatVersion,
    CellKey key,
    double capacityPerSecond,
    ClientSide clientSide,
    ServerSide serverSide,
    Judgement judgement) {

  /** The version that this code writes. */
  public static final int FORMAT = 7;

  /** A cell of the version that this code writes. */
  public static CellResult of(
      CellKey key,
      double capacityPerSecond,
      ClientSide clientSide,
      ServerSide serverSide,
      Judgement judgement) {
    return new CellResult(FORMAT, key, capacityPerSecond, clientSide, serverSide, judgement);
  }

  /**
   * A cell without figures.
   *
   * @param overheadSeconds wall-clock time of the failed attempt; null if not known
   */
  public static CellResult failed(
      CellKey key, double capacityPerSecond, String reason, @Nullable Double overheadSeconds) {
    return of(
        key,
        capacityPerSecond,
        ClientSide.NOTHING,
        ServerSide.NOTHING,
        Judgement.failed(reason, overheadSeconds));
  }

  /** Adds the fields that earlier versions did not have, with the values that applied then. */
  static void upgrade(ObjectNode cell, int version) {
    if (version < 2) {
      cell.put("attempt", 1);
    }
    if (version < 3) {
      cell.put("variant", "");
      cell.put("order", 0);
      cell.putNull("use");
      cell.putNull("attempts");
      cell.putArray("tenants");
      cell.putNull("dynamics");
      cell.putNull("healthz");
      for (String latency : List.of("admittedLatency", "shedLatency")) {
        if (cell.get(latency) instanceof ObjectNode percentiles) {
          percentiles.put("mean", 0);
        }
      }
    }
    if (version < 4) {
      cell.putNull("overheadSeconds");
    }
    if (version < 5) {
      nest(cell);
    }
    if (version < 6 && cell.get("judgement") instanceof ObjectNode judgement) {
      judgement.putArray("findings");
    }
    if (version < 6 && cell.get("clientSide") instanceof ObjectNode clientSide) {
      clientSide.putNull("pauses");
    }
    if (version < 7 && cell.get("clientSide") instanceof ObjectNode clientSide) {
      clientSide.putObject("figures");
    }
    cell.put("formatVersion", FORMAT);
  }

  private static void nest(ObjectNode cell) {
    ObjectNode serverSide = cell.objectNode();
    Nesting.move(cell, "serverCpuShare", serverSide, "cpuShare");
    serverSide.setAll(
        Nesting.nest(
            cell, "serverSide", "meanLimit", "meanInflight", "meanWaiting", "use", "shedByReason"));
    cell.set("serverSide", serverSide);
    Nesting.nest(
        cell,
        "clientSide",
        "windowSeconds",
        "offeredPerSecond",
        "goodputPerSecond",
        "outcomes",
        "admittedLatency",
        "shedLatency",
        "attempts",
        "tenants",
        "dynamics",
        "healthz");
    Nesting.nest(
        cell,
        "judgement",
        "checks",
        "failure",
        "predictedShedShare",
        "overheadSeconds",
        "gatlingReport");
    Nesting.nest(
        cell, "key", "id", "server", "strategy", "variant", "load", "repeat", "attempt", "order");
  }

  /** The server's name. */
  public String server() {
    return key.server();
  }

  /** The strategy's canonical text. */
  public String strategy() {
    return key.strategy();
  }

  /** The variant's name; {@code ""} for the plain one. */
  public String variant() {
    return key.variant();
  }

  /** Offered load as a multiple of the server's capacity. */
  public double load() {
    return key.load();
  }

  /** The share of the server's CPU time that the hypervisor took; 0 if it is not known. */
  public double stolenShare() {
    return judgement.checks().stream()
        .filter(check -> check.name().equals(Check.STEAL))
        .mapToDouble(check -> Double.parseDouble(check.value()))
        .filter(share -> share > 0 && share < 1)
        .findFirst()
        .orElse(0);
  }

  /** True if it ran to its end and every check held. */
  public boolean valid() {
    return judgement.valid();
  }
}
