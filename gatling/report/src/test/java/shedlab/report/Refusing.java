package shedlab.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.result.Variant;

/**
 * A synthetic run far above the capacity: a 429 takes 30 us of CPU, 60 over a new connection, twice
 * that at the lowest load, and the smallest 200 takes 25.
 */
final class Refusing {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double SECONDS = 12;
  private static final List<Double> LOADS = List.of(10.0, 30.0, 50.0);
  private static final List<String> STRATEGIES =
      List.of("reject-all+none", "fixed:limit=1+fifo:capacity=16,timeout=100ms");
  private static final List<Variant> VARIANTS =
      List.of(
          new Variant("", Map.of()),
          new Variant("new-connections", Map.of("connections", "new")),
          new Variant("plain-200", Map.of("work", "0.001", "strategies", STRATEGIES.get(1))));

  private Refusing() {}

  static void write(Path folder) throws IOException {
    var lines = new StringBuilder();
    int cells = 0;
    for (Variant variant : VARIANTS) {
      for (String server : SampleRun.SERVERS) {
        for (String strategy : STRATEGIES) {
          boolean refuses = strategy.startsWith("reject-all");
          for (double load : LOADS) {
            if (!(refuses && variant.name().equals("plain-200"))) {
              lines.append(cell(server, strategy, variant.name(), load, refuses)).append('\n');
              cells++;
            }
          }
        }
      }
    }
    RunFiles.create(
        folder,
        SampleRun.with(
            SampleRun.manifest(STRATEGIES, LOADS, 1, true, cells),
            SampleRun.SERVERS,
            STRATEGIES.get(1),
            VARIANTS),
        SampleRun.env());
    Files.writeString(folder.resolve("cells.jsonl"), lines);
  }

  private static ObjectNode cell(
      String server, String strategy, String variant, double load, boolean refuses) {
    CellResult made = SampleRun.cell(server, strategy, load, 1, new Random(1));
    ObjectNode cell = JSON.valueToTree(made);
    double capacity = made.capacityPerSecond();
    long all = Math.round(capacity * load * SECONDS);
    boolean small = variant.equals("plain-200");
    long good = refuses ? 0 : small ? all : Math.round(0.6 * capacity * SECONDS);
    double micros = (variant.equals("new-connections") ? 60 : 30) * (load == 10 ? 2 : 1);
    double cpu = small ? good * 25e-6 : good / capacity + (all - good) * micros * 1e-6;
    ((ObjectNode) cell.get("key"))
        .put("id", made.key().id() + "-" + variant)
        .put("variant", variant);
    ObjectNode clientSide = (ObjectNode) cell.get("clientSide");
    clientSide.put("goodputPerSecond", good / SECONDS);
    ((ObjectNode) clientSide.get("outcomes")).put("good", good).put("shed", all - good);
    ObjectNode use = (ObjectNode) cell.get("serverSide").get("use");
    use.put("cpuSeconds", cpu).put("received", all).put("completed", good).put("shed", all - good);
    return cell;
  }
}
