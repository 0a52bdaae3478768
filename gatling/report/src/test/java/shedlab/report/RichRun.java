package shedlab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import shedlab.report.metric.Metric;
import shedlab.report.raw.Floor;
import shedlab.report.raw.LatencyLog;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Phase;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.result.Variant;

/**
 * A synthetic run with everything that a run can have: repeats in a shuffled order, a twin of the
 * reference, a variant, tenants, step responses, and the raw files of every cell.
 */
final class RichRun {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double SECONDS = 12;
  private static final double LEAD_IN = 2;
  private static final long PAUSE_MICROS = 70;
  private static final long[] BOUNDS = {
    1_000, 1_780, 3_160, 5_620, 10_000, 17_800, 31_600, 56_200, 100_000, 178_000, 316_000, 562_000,
    1_000_000, 1_780_000, 3_160_000
  };

  private RichRun() {}

  /** As many strategies as asked for; the first are those of the sample. */
  static List<String> strategies(int count) {
    List<String> strategies = new ArrayList<>(SampleRun.STRATEGIES);
    for (int i = strategies.size(); i < count; i++) {
      strategies.add(
          "aimd:min=1,max=64,initial=" + i + ",backoff=0.9,timeout=" + (40 + 10 * i) + "ms");
    }
    return strategies.subList(0, count);
  }

  static void write(Path folder, int strategyCount, int repeats) throws IOException {
    write(folder, strategyCount, SampleRun.LOADS, repeats);
  }

  /** The same with only some of the sample's loads. */
  static void write(Path folder, int strategyCount, List<Double> loads, int repeats)
      throws IOException {
    List<String> strategies = strategies(strategyCount);
    var random = new Random(11);
    List<ObjectNode> cells = new ArrayList<>();
    for (String variant : List.of("", Variant.TWIN, "impatient")) {
      for (String server : SampleRun.SERVERS) {
        for (String strategy : strategies) {
          boolean twin = variant.equals(Variant.TWIN);
          if ((twin && !strategy.equals("fixed:limit=1"))
              || (variant.equals("impatient") && !strategy.contains("fifo"))) {
            continue;
          }
          for (double load : loads) {
            for (int repeat = 1; repeat <= repeats; repeat++) {
              cells.add(cell(server, strategy, variant, load, repeat, random));
            }
          }
        }
      }
    }
    Collections.shuffle(cells, random);
    var lines = new StringBuilder();
    int order = 0;
    for (ObjectNode cell : cells) {
      key(cell).put("order", ++order);
      if (cell.get("judgement").get("failure").isNull()) {
        raw(folder.resolve("cells").resolve(key(cell).get("id").asText()), cell, random);
      }
      lines.append(JSON.writeValueAsString(cell)).append('\n');
    }
    RunFiles.create(folder, manifest(strategies, loads, repeats, cells.size()), SampleRun.env());
    Files.writeString(folder.resolve("cells.jsonl"), lines);
    floor(folder, 150, 3_900);
  }

  /** A floor of the same on both CPUs, before and after, in microseconds. */
  static void floor(Path folder, long p50, long p99) throws IOException {
    for (Floor.When when : Floor.When.values()) {
      var byCpu = new TreeMap<Integer, Histogram>();
      for (int cpu = 0; cpu < 2; cpu++) {
        Histogram late = pauses(p50);
        late.recordValueWithCount(p99, 40);
        late.setStartTimeStamp(when == Floor.When.BEFORE ? 1_000 : 900_000);
        late.setEndTimeStamp(late.getStartTimeStamp() + 2_000);
        byCpu.put(cpu, late);
      }
      Floor.add(folder, when, byCpu);
    }
  }

  private static Histogram pauses(long micros) {
    var late = new Histogram(3);
    late.recordValueWithCount(micros, 1_900);
    return late;
  }

  private static Manifest manifest(
      List<String> strategies, List<Double> loads, int repeats, int cells) throws IOException {
    Manifest plain = SampleRun.manifest(strategies, loads, repeats, true, cells);
    ObjectNode json = JSON.valueToTree(plain);
    ((ObjectNode) json.get("grid"))
        .set(
            "variants",
            JSON.valueToTree(
                List.of(
                    new Variant("", java.util.Map.of()),
                    new Variant(Variant.TWIN, java.util.Map.of()),
                    new Variant("impatient", java.util.Map.of("timeout", "500ms")))));
    ((ObjectNode) json.get("load"))
        .set("phases", JSON.valueToTree(List.of(new Phase(1, 1, 6), new Phase(1, 1, 6))));
    return JSON.treeToValue(json, Manifest.class);
  }

  private static ObjectNode cell(
      String server, String strategy, String variant, double load, int repeat, Random random) {
    CellResult made = SampleRun.cell(server, strategy, load, repeat, random);
    ObjectNode cell = JSON.valueToTree(made);
    key(cell).put("id", made.key().id() + (variant.isEmpty() ? "" : "-" + variant));
    key(cell).put("variant", variant);
    if (made.judgement().failure() != null) {
      return cell;
    }
    ObjectNode clientSide = (ObjectNode) cell.get("clientSide");
    ArrayNode tenants = clientSide.putArray("tenants");
    for (String name : List.of("checkout", "crawler")) {
      ObjectNode tenant = tenants.addObject().put("name", name);
      tenant.put("urgency", name.equals("checkout") ? 1 : 6);
      ObjectNode outcomes = JSON.valueToTree(made.clientSide().outcomes());
      long moved = name.equals("checkout") ? made.clientSide().outcomes().shed() / 3 : 0;
      outcomes.put("good", made.clientSide().outcomes().good() + moved);
      outcomes.put("shed", made.clientSide().outcomes().shed() - moved);
      tenant.set("outcomes", outcomes);
      tenant.set("admittedLatency", JSON.valueToTree(made.clientSide().admittedLatency()));
      tenant.set("shedLatency", JSON.valueToTree(made.clientSide().shedLatency()));
    }
    clientSide.set("pauses", JSON.valueToTree(Latency.of(pauses(PAUSE_MICROS))));
    ObjectNode figures = clientSide.putObject("figures");
    for (Metric metric : Metric.values()) { // those that have another source ignore it
      figures.put(metric.title(), 1 + random.nextDouble());
    }
    ((ArrayNode) cell.get("judgement").get("checks"))
        .addObject()
        .put("name", Check.STEAL)
        .put("value", "0.000")
        .put("bound", "<= 0.100")
        .put("ok", true);
    ObjectNode dynamics = clientSide.putObject("dynamics");
    boolean none = strategy.equals("none");
    if (none && load > 1) {
      dynamics.putNull("settleSeconds").put("overshootMillis", 1_700.0).putNull("recoverySeconds");
    } else {
      dynamics.put("settleSeconds", 0.5 + load * random.nextDouble());
      dynamics.put("overshootMillis", Math.round(40 * load * random.nextDouble()));
      dynamics.put("recoverySeconds", 0.2 + random.nextDouble());
    }
    return cell;
  }

  private static ObjectNode key(ObjectNode cell) {
    return (ObjectNode) cell.get("key");
  }

  /** Of the first of some sorted times; empty if there are none. */
  private static String percentile(long[] times, int count, double share) {
    return count == 0 ? "" : Long.toString(times[(int) Math.ceil(share * count) - 1]);
  }

  /** Raw files that roughly agree with the cell. */
  private static void raw(Path folder, ObjectNode cell, Random random) throws IOException {
    Files.createDirectories(folder);
    JsonNode clientSide = cell.get("clientSide");
    double offered = clientSide.get("offeredPerSecond").asDouble();
    double total = 0;
    for (var count : clientSide.get("outcomes")) {
      total += count.asDouble();
    }
    double good = clientSide.get("outcomes").get("good").asDouble() / total;
    double late = clientSide.get("outcomes").get("late").asDouble() / total;
    double shed = clientSide.get("outcomes").get("shed").asDouble() / total;
    double p50 = clientSide.get("admittedLatency").get("p50").asDouble();
    double p99 = clientSide.get("admittedLatency").get("p99").asDouble();
    double sigma = Math.log(Math.max(1.1, p99 / Math.max(1, p50))) / 2.33;
    Histogram admitted = new Histogram(3);
    Histogram refused = new Histogram(3);
    var client = new StringBuilder("second,offered,good,late,shed,other,timeout,transport,");
    client.append("admitted_p50_micros,admitted_p99_micros");
    for (long bound : BOUNDS) {
      client.append(",admitted_below_").append(bound).append("_micros");
    }
    client.append('\n');
    var server =
        new StringBuilder("second,epoch_micros,limit,inflight,waiting,admitted,completed,");
    server.append("shed_limit,cpu_micros,received,shed,task_cpu_micros,task_units,");
    server.append("worker_cpu_micros,io_cpu_micros,jit_cpu_micros,gc_cpu_micros\n");
    long received = 0;
    long refusals = 0;
    boolean limited = !key(cell).get("strategy").asText().equals("none");
    long cpu = 5_000_000;
    for (int row = 0; row < (LEAD_IN + SECONDS) * 10; row++) {
      double wave = 1 + 0.25 * Math.sin(row / 9.0);
      int n = (int) Math.max(0, Math.round(offered / 10 + random.nextGaussian() * 3));
      int[] counts = new int[4];
      long[] times = new long[n];
      int answered = 0;
      int[] bins = new int[BOUNDS.length];
      for (int i = 0; i < n; i++) {
        double dice = random.nextDouble();
        if (dice < good + late) {
          counts[dice < good ? 0 : 1]++;
          long micros = Math.round(p50 * wave * Math.exp(sigma * random.nextGaussian()));
          micros = Math.max(400, Math.min(3_000_000, micros));
          times[answered++] = micros;
          int bin = 0;
          while (bin < BOUNDS.length - 1 && micros >= BOUNDS[bin]) {
            bin++;
          }
          bins[bin]++;
          if (row >= LEAD_IN * 10) {
            admitted.recordValue(micros);
          }
        } else if (dice < good + late + shed) {
          counts[2]++;
          refused.recordValue(Math.round(300 * Math.exp(0.5 * random.nextGaussian())));
        } else {
          counts[3]++;
        }
      }
      client.append(String.format(Locale.ROOT, "%.1f,%d,", row / 10.0, n));
      client.append(counts[0] + "," + counts[1] + "," + counts[2] + ",0," + counts[3] + ",0,");
      Arrays.sort(times, 0, answered);
      client.append(percentile(times, answered, 0.5)).append(',');
      client.append(percentile(times, answered, 0.99));
      for (int bin : bins) {
        client.append(',').append(bin);
      }
      client.append('\n');
      cpu +=
          Math.round(
              100_000 * Math.min(1, cell.get("serverSide").get("cpuShare").asDouble() * wave));
      long limit = limited ? 4 + Math.round(2 * wave) : (1 << 21) - 1;
      long inflight = limited ? Math.min(limit, 3 + random.nextInt(3)) : 40 + row;
      received += n;
      refusals += counts[2];
      String second = String.format(Locale.ROOT, "%.3f,", row / 10.0 + 0.03);
      server.append(second).append(row * 100_000L + 30_000).append(',');
      server.append(limit + "," + inflight + "," + random.nextInt(5) + ",0,0,0," + cpu + ",");
      server.append(received + "," + refusals + "," + cpu * 8 / 10 + "," + row + ",");
      server.append(cpu * 83 / 100 + "," + cpu / 10 + "," + cpu / 50 + "," + cpu / 100 + "\n");
    }
    Files.writeString(folder.resolve("client.csv"), client);
    Files.writeString(folder.resolve("server.csv"), server);
    LatencyLog.write(
        folder,
        Map.of(
            LatencyLog.Kind.ADMITTED,
            admitted,
            LatencyLog.Kind.SHED,
            refused,
            LatencyLog.Kind.PAUSE,
            pauses(PAUSE_MICROS)),
        (long) (LEAD_IN * 1e3),
        (long) ((LEAD_IN + SECONDS) * 1e3));
  }
}
