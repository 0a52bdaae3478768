package shedlab.bench.refusals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.outside.Turns;
import shedlab.bench.refusals.Load.Answer;
import shedlab.bench.targets.TargetHost;

/** Measures servers beside each other, block by block. */
final class Comparison {
  /** What to do with what is known so far, after each visit. */
  interface Keeping {
    /** Keeps the rows, and what could not be measured. */
    void keep(List<Row> rows, List<String> gaps) throws IOException;
  }

  private final TargetHost host;
  private final TokioTarget tokio;
  private final Generator generator;
  private final Pace pace;
  private final Consumer<String> line;
  private final List<Row> rows = new ArrayList<>();
  private final Turns<Visit> turns;

  /** With a host of one CPU for the server. */
  Comparison(
      TargetHost host, TokioTarget tokio, Generator generator, Pace pace, Consumer<String> line) {
    this.host = host;
    this.tokio = tokio;
    this.generator = generator;
    this.pace = pace;
    this.line = line;
    this.turns = new Turns<>(visit -> visit.subject().words(), line);
  }

  /** All blocks, unless it is stopped. */
  void run(List<String> servers, boolean openLoop, Keeping keeping) throws IOException {
    turns.run(
        pace.blocks(),
        block -> Visit.block(block - 1, servers, openLoop),
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
    Subject subject = visit.subject();
    try (RunningServer server = start(subject)) {
      Measurement measurement = new Measurement(server, generator, subject);
      if (subject.warmed()) {
        warmUp(measurement, visit);
      }
      int seconds = subject.warmed() ? pace.window() : pace.cold();
      for (Load load : visit.loads()) {
        if (!load.isSaturated() && pace.offered() > 0) {
          measurement.of(load, pace.offered()); // its warm-up
        }
        Row row = new Row(block, next(block), subject, load, measurement.of(load, seconds));
        rows.add(row);
        line.accept(said(row));
      }
    }
  }

  /** The position of the next row of a block, from 1. */
  private int next(int block) {
    return 1 + (int) rows.stream().filter(row -> row.block() == block).count();
  }

  /** Below saturation first: in saturation, compilers that come last never get their turn. */
  private void warmUp(Measurement measurement, Visit visit) {
    List<Answer> answers = visit.answers();
    for (Answer answer : answers) {
      measurement.warm(Load.saturated(answer, true), 1, pace.below() / answers.size());
    }
    List<Load> saturating = visit.saturating();
    for (Load load : saturating) {
      measurement.warm(load, Load.CONNECTIONS, pace.saturated() / saturating.size());
    }
  }

  /** With one worker: whoever holds the permit is then always the same thread. */
  private RunningServer start(Subject subject) {
    if (subject.isTokio()) {
      return tokio.start(host, 1, Map.of("LIMIT", "" + subject.refusing().permits()));
    }
    return host.startServer(
        ServerSettings.of(subject.server(), subject.refusing().strategy(), 1, 1, Map.of())
            .withWarmUp(subject.warmed()));
  }

  private static String said(Row row) {
    Reading reading = row.reading();
    return String.format(
        Locale.ROOT,
        "  [block %d] %-55s %6.0f/s, %5.1f us of CPU each%s",
        row.block(),
        row.words(),
        reading.perSecond(),
        reading.cpuMicros(),
        reading.valid() ? "" : "; NOT VALID: " + reading.problem());
  }
}
