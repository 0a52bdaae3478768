package shedlab.bench.protocols;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.outside.Turns;

/** Measures servers and protocols beside each other, block by block. */
final class Comparison {
  /** Admits nobody, and has no work under way that would disturb. */
  private static final String STRATEGY = "reject-all+none";

  /** What to do with what is known so far, after each visit. */
  interface Keeping {
    /** Keeps the rows, and what could not be measured. */
    void keep(List<Row> rows, List<String> gaps) throws IOException;
  }

  private final ProcessHost host;
  private final H2load generator;
  private final Pace pace;
  private final Consumer<String> line;
  private final List<Row> rows = new ArrayList<>();
  private final Turns<Visit> turns;

  /** With a host of one CPU for the server. */
  Comparison(ProcessHost host, H2load generator, Pace pace, Consumer<String> line) {
    this.host = host;
    this.generator = generator;
    this.pace = pace;
    this.line = line;
    this.turns = new Turns<>(Visit::words, line);
  }

  /** All blocks, unless it is stopped. */
  void run(List<String> servers, Keeping keeping) throws IOException {
    turns.run(
        pace.blocks(),
        block -> Visit.block(block - 1, servers),
        this::visit,
        () -> keeping.keep(rows(), gaps()));
  }

  /** Lets it end with the host, which is about to be closed. Any thread. */
  void stop() {
    turns.stop();
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** What could not be measured, and why. */
  List<String> gaps() {
    return turns.gaps();
  }

  private void visit(int block, Visit visit) {
    try (RunningServer server = host.startServer(settings(visit))) {
      Measurement measurement = new Measurement(server, generator, pace, visit.protocol());
      int loads = visit.loads().size();
      // Below saturation first: in saturation, compilers that come last never get their turn.
      visit.loads().forEach(asked -> measurement.warmBelow(asked, pace.below() / loads));
      visit.loads().forEach(asked -> measurement.warm(asked, pace.saturated() / loads));
      for (Asked asked : visit.loads()) {
        Reading reading = measurement.of(asked);
        Row row = new Row(block, next(block), visit.server(), asked, reading);
        rows.add(row);
        line.accept(said(row));
      }
    }
  }

  /** The position of the next row of a block, from 1. */
  private int next(int block) {
    return 1 + (int) rows.stream().filter(row -> row.block() == block).count();
  }

  private static ServerSettings settings(Visit visit) {
    Map<String, String> options =
        Map.of(
            "protocol", visit.protocol().option(),
            "refuse-with", visit.refusing().option());
    return ServerSettings.of(visit.server(), STRATEGY, 1, 1, options);
  }

  private static String said(Row row) {
    Reading reading = row.reading();
    return String.format(
        Locale.ROOT,
        "  [block %d] %-35s %6.0f/s, %6.1f us of CPU each%s",
        row.block(),
        row.words(),
        reading.perSecond(),
        reading.cpuMicros(),
        reading.valid() ? "" : "; NOT VALID: " + reading.problem());
  }
}
