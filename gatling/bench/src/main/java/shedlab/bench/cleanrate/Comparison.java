package shedlab.bench.cleanrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.bench.cleanrate.Search.Verdict;
import shedlab.bench.control.ServerControl.Admits;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.outside.Turns;

/** Searches the greatest clean rate of several numbers of load generators, block by block. */
final class Comparison {
  /** A refusal is the cheapest answer that there is. */
  private static final String STRATEGY = "reject-all+none";

  private static final int WORKERS_PER_CPU = 4;

  /** What a warm-up ends with; a search begins below it. */
  private static final int WARM_PER_SECOND = 4_000;

  /** What to do with what is known so far, after each visit. */
  interface Keeping {
    /** Keeps it. */
    void keep(Findings findings) throws IOException;
  }

  private final Distributions distributions;
  private final CpuSplit machine;
  private final Path scratch;
  private final String server;
  private final Pace pace;
  private final Consumer<String> line;
  private final List<Row> rows = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final Turns<Generators> turns;
  private volatile @Nullable ProcessHost open;

  /**
   * On a machine.
   *
   * @param machine its CPUs, with one load generator
   * @param scratch a folder for what is needed only meanwhile
   * @param server one of our servers by its name
   * @param line is told what was found, line by line
   */
  Comparison(
      Distributions distributions,
      CpuSplit machine,
      Path scratch,
      String server,
      Pace pace,
      Consumer<String> line) {
    this.distributions = distributions;
    this.machine = machine;
    this.scratch = scratch;
    this.server = server;
    this.pace = pace;
    this.line = line;
    this.turns = new Turns<>(Generators::words, line);
  }

  /** All blocks, unless it is stopped. Every other block runs backwards. */
  void run(List<Generators> subjects, Keeping keeping) throws IOException {
    turns.run(
        pace.blocks(),
        block -> ordered(block, subjects),
        this::visit,
        () -> keeping.keep(findings()));
  }

  private static List<Generators> ordered(int block, List<Generators> subjects) {
    List<Generators> order = new ArrayList<>(subjects);
    if (block % 2 == 0) {
      Collections.reverse(order);
    }
    return order;
  }

  /**
   * A server and load generators of its own, warm on both sides.
   *
   * @param flags of the generators' JVMs besides those of the subject
   */
  <T> T with(Generators generators, List<String> flags, Visit<T> visit) throws IOException {
    CpuSplit cpus = generators.on(machine);
    try (ProcessHost host = new ProcessHost(distributions, cpus, scratch)) {
      open = host;
      List<String> all = new ArrayList<>(generators.flags());
      all.addAll(flags);
      host.startInjectorsWith(all);
      try (RunningServer running = host.startServer(settings(cpus))) {
        new ServerProbe(running.url()).verifyContract(Admits.NOBODY);
        Measurement measurement = new Measurement(host, running, cpus, scratch.resolve("load"));
        measurement.warm(pace.warmUp(), Math.min(WARM_PER_SECOND, most()));
        return visit.of(measurement, host.injector().pids());
      }
    } finally {
      open = null;
    }
  }

  /** What is done with warm load generators. */
  interface Visit<T> {
    /**
     * Does it.
     *
     * @param pids of the load generators
     */
    T of(Measurement measurement, List<Long> pids) throws IOException;
  }

  private int most() {
    return pace.rates().get(pace.rates().size() - 1);
  }

  /** With the defaults of the server, and as many workers as in a run. */
  private ServerSettings settings(CpuSplit cpus) {
    return ServerSettings.of(server, STRATEGY, 1, WORKERS_PER_CPU * cpus.server().size(), Map.of());
  }

  private void visit(int block, Generators generators) throws IOException {
    Search.Found found =
        with(
            generators,
            List.of(),
            (measurement, pids) ->
                Search.in(
                    rate -> offer(measurement, block, generators, rate),
                    pace.rates(),
                    pace.bisections()));
    answers.add(new Answer(block, generators, found));
    line.accept(said(block, generators, found));
  }

  /** What a run would measure again counts by its second attempt. */
  private Verdict offer(Measurement measurement, int block, Generators generators, int rate) {
    Verdict verdict = Verdict.NOT_CLEAN;
    for (int i = 0; i < pace.attempts() && verdict == Verdict.NOT_CLEAN; i++) {
      Reading reading = measurement.offer(rate, pace.window(), 31L * rate + 7L * block + i);
      rows.add(new Row(block, next(block), generators, rate, reading));
      line.accept(said(rows.get(rows.size() - 1)));
      verdict =
          !reading.clean()
              ? Verdict.NOT_CLEAN
              : reading.serverFull() ? Verdict.SERVER_FULL : Verdict.CLEAN;
    }
    return verdict;
  }

  /** The position of the next row of a block, from 1. */
  private int next(int block) {
    return 1 + (int) rows.stream().filter(row -> row.block() == block).count();
  }

  private static String said(Row row) {
    Reading reading = row.reading();
    return String.format(
        Locale.ROOT,
        "  [block %d] %s, %,d/s: %.1f us of their CPU each, %.0f %% of a CPU at most,"
            + " p99 of lateness %.2f ms; server %.0f %%%s",
        row.block(),
        row.generators().words(),
        row.perSecond(),
        reading.generatorMicros(),
        100 * reading.busiest(),
        reading.lateP99(),
        100 * reading.serverShare(),
        reading.clean() ? "" : "; NOT CLEAN: " + reading.broken());
  }

  private static String said(int block, Generators generators, Search.Found found) {
    return String.format(
        Locale.ROOT,
        "  [block %d] %s: clean at %,d/s%s",
        block,
        generators.words(),
        found.clean(),
        found.server() ? "; the server was the limit" : "");
  }

  /** Lets it end with the processes, which are ended now. Any thread. */
  void stop() {
    turns.stop();
    ProcessHost host = open;
    if (host != null) {
      host.close();
    }
  }

  /** What is known so far. */
  Findings findings() {
    return new Findings(List.copyOf(rows), List.copyOf(answers), turns.gaps());
  }
}
