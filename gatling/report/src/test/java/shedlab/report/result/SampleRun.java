package shedlab.report.result;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic run with plausible figures. Undertow's {@code none} at 0.9x broke a check, Jetty's
 * {@code aimd} at 2x failed, and Netty's shed few requests at 0.9x.
 */
public final class SampleRun {
  public static final List<String> SERVERS = List.of("undertow", "jetty", "netty");
  public static final List<String> STRATEGIES =
      List.of(
          "none",
          "fixed:limit=1",
          "fixed:limit=1+fifo:capacity=16,timeout=100ms",
          "aimd:min=1,max=64,initial=4,backoff=0.9,timeout=50ms");
  public static final List<Double> LOADS = List.of(0.5, 0.9, 1.2, 2.0, 3.0);
  private static final double SECONDS = 12;
  private static final Latency NOTHING = Latency.NONE;

  private static final JsonMapper JSON = new JsonMapper();

  private SampleRun() {}

  /** 3 servers, 4 strategies, 5 loads. */
  public static RunFiles write(Path folder, int repeats, boolean evidence) throws IOException {
    return write(folder, STRATEGIES, LOADS, repeats, evidence);
  }

  /** A run of any size. */
  public static RunFiles write(
      Path folder, List<String> strategies, List<Double> loads, int repeats, boolean evidence)
      throws IOException {
    List<CellResult> cells = new ArrayList<>();
    var random = new Random(7);
    for (String server : SERVERS) {
      for (String strategy : strategies) {
        for (double load : loads) {
          for (int repeat = 1; repeat <= repeats; repeat++) {
            cells.add(cell(server, strategy, load, repeat, random));
          }
        }
      }
    }
    RunFiles.create(folder, manifest(strategies, loads, repeats, evidence, cells.size()), env());
    // Without append, which waits for the disk after every cell.
    var lines = new StringBuilder();
    for (CellResult cell : cells) {
      lines.append(JSON.writeValueAsString(cell)).append('\n');
    }
    Files.writeString(folder.resolve("cells.jsonl"), lines);
    return RunFiles.open(folder);
  }

  public static Map<String, String> env() {
    var env = new LinkedHashMap<String, String>();
    env.put("cpu", "AMD EPYC <sample>, 2 of 2 logical processors");
    env.put("memory", "8 GB");
    env.put("virtualised", "KVM");
    env.put("jvm", "OpenJDK 17.0.15");
    env.put("server flags", "-XX:+UseSerialGC -Xmx256m");
    return env;
  }

  public static Manifest manifest(
      List<String> strategies, List<Double> loads, int repeats, boolean evidence, int cells) {
    return Manifest.of(
        "sample",
        List.of(),
        new Manifest.Purpose(
            "load-curve",
            "Which way of saying no keeps the most useful work under overload?",
            evidence ? "default" : "smoke",
            evidence),
        new Manifest.Grid(
            SERVERS,
            strategies,
            "fixed:limit=1",
            List.of(new Variant("", Map.of())),
            loads,
            repeats,
            "strategy",
            cells),
        new Manifest.CellLoad(List.of(new Phase(1, 1, SECONDS)), 250, 2_000, 10, 2, SECONDS, 40),
        new Manifest.SetUp("containers", "eclipse-temurin:17-jre", 1, 1, 5, 19, "0", "1"),
        20_261_101,
        Map.of("deadline", "250ms"));
  }

  /** The same plan with other servers, reference and variants. */
  public static Manifest with(
      Manifest m, List<String> servers, String reference, List<Variant> variants) {
    Manifest.Grid grid = m.grid();
    return Manifest.of(
        m.run(),
        m.invocation(),
        m.purpose(),
        new Manifest.Grid(
            servers,
            grid.strategies(),
            reference,
            variants,
            grid.loads(),
            grid.repeats(),
            grid.freshServer(),
            grid.cells()),
        m.load(),
        m.setUp(),
        m.seed(),
        m.settings());
  }

  public static CellResult cell(
      String server, String strategy, double load, int repeat, Random random) {
    double capacity =
        switch (server) {
          case "undertow" -> 212.4;
          case "jetty" -> 204.7;
          default -> 219.1;
        };
    double noise = 1 + 0.012 * random.nextGaussian();
    double good = Math.min(1.1, share(strategy, load) * noise);
    boolean none = strategy.equals("none");
    long total = Math.round(capacity * load * SECONDS);
    long ok = Math.min(total, Math.round(good * capacity * SECONDS));
    long late = none && load > 1 ? Math.round((total - ok) * 0.45) : 0;
    long timeout = none && load > 1 ? total - ok - late : 0;
    long shed = total - ok - late - timeout;
    boolean slow = server.equals("undertow") && none && load == 0.9;
    boolean failed = server.equals("jetty") && strategy.startsWith("aimd") && load == 2;
    double p50 =
        none
            ? 5_000 * Math.pow(load < 1 ? 1 / (1 - load) : 80 * load, 1.0)
            : median(strategy, load);
    if (failed && repeat == 1) {
      return failed(server, strategy, load, repeat, capacity);
    }
    String id = id(server, strategy, load, repeat);
    return CellResult.of(
        new CellKey(id, server, strategy, "", load, repeat, 1, repeat),
        capacity,
        ClientSide.of(
            SECONDS,
            capacity * load,
            ok / SECONDS,
            new Outcomes(ok, late, shed, 0, timeout, 0),
            latency(ok + late, p50 * noise, none ? 1.9 : 3.4),
            latency(shed, 420 * noise * (1 + load / 4), 6)),
        new ServerSide(
            Math.min(0.995, good + 0.02),
            none ? null : strategy.startsWith("aimd") ? 3.4 + load : 1.0,
            Math.min(load, 0.98) * (none && load > 1 ? 300 : 1),
            strategy.contains("fifo") ? Math.min(15.2, load * load * 4) : 0.0,
            new ServerUse(Math.min(0.995, good + 0.02) * SECONDS, total, ok + late, shed, 0),
            Map.of("LIMIT", shed)),
        new Judgement(
            checks(load, !(slow && repeat == 1)),
            findings(strategy, load),
            null,
            strategy.equals("fixed:limit=1") ? load / (1 + load) : null,
            2.5,
            "cells/" + id + "/gatling/index.html"));
  }

  private static String id(String server, String strategy, double load, int repeat) {
    String letters = strategy.replaceAll("[^a-z0-9]+", "-");
    return server + "-" + letters + "-" + load + "x-" + repeat;
  }

  private static CellResult failed(
      String server, String strategy, double load, int repeat, double capacity) {
    return CellResult.failed(
        new CellKey(
            id(server, strategy, load, repeat), server, strategy, "", load, repeat, 1, repeat),
        capacity,
        "the server's process ended with 137",
        null);
  }

  private static double share(String strategy, double load) {
    if (strategy.equals("none")) {
      return load < 1 ? load : load < 1.5 ? 0.21 : 0.01;
    }
    if (strategy.equals("fixed:limit=1")) {
      return load / (1 + load);
    }
    return strategy.contains("fifo") ? Math.min(load, 0.965) : Math.min(load * 0.97, 0.93);
  }

  private static double median(String strategy, double load) {
    if (strategy.contains("fifo")) {
      return load < 1 ? 5_200 / (1.02 - load) : 70_000 + 4_000 * load;
    }
    return strategy.startsWith("aimd") ? 9_000 + 9_000 * Math.min(load, 2) : 5_100;
  }

  private static Latency latency(long count, double p50, double tail) {
    if (count == 0) {
      return NOTHING;
    }
    double p99 = Math.min(p50 * tail, 1_990_000);
    double median = Math.min(p50, p99);
    return new Latency(
        count,
        Math.round(median),
        Math.round((median + p99) / 2),
        Math.round(p99),
        Math.round(Math.min(p99 * 1.3, 1_995_000)),
        Math.round(Math.min(p99 * 1.6, 1_999_000)),
        median * 1.1);
  }

  private static List<Check> checks(double load, boolean ok) {
    return List.of(
        new Check("rate", "0.998", "0.98 to 1.02", true),
        new Check("lateness p99", ok ? "1.8 ms" : "31.4 ms", "<= 12.5 ms", ok),
        new Check("injector CPU", "0.22", "<= 0.70", true),
        new Check("server CPU", load < 1 ? "not bound" : "0.97", ">= 0.90 at 1x and above", true),
        new Check("counts agree", "0", "<= 0.1 %", true));
  }

  /** Under {@code none}, nobody is shed. */
  private static List<Judgement.Finding> findings(String strategy, double load) {
    return strategy.equals("none") && load > 1
        ? List.of(new Judgement.Finding("shed share", "0.000", ">= 0.010", "It hardly engaged."))
        : List.of();
  }

  /** The same cell with another goodput, and with a check that holds or not. */
  public static CellResult with(
      CellResult c, double goodput, boolean ok, @Nullable String failure) {
    Judgement judgement = c.judgement();
    ClientSide client = c.clientSide();
    return CellResult.of(
        c.key(),
        c.capacityPerSecond(),
        ClientSide.of(
                client.windowSeconds(),
                client.offeredPerSecond(),
                goodput,
                client.outcomes(),
                client.admittedLatency(),
                client.shedLatency())
            .with(
                client.attempts(),
                client.tenants(),
                client.dynamics(),
                client.healthz(),
                client.pauses(),
                client.figures()),
        c.serverSide(),
        new Judgement(
            checks(c.load(), ok),
            judgement.findings(),
            failure,
            judgement.predictedShedShare(),
            judgement.overheadSeconds(),
            judgement.gatlingReport()));
  }
}
