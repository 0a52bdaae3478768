package shedlab.injector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog.Kind;
import shedlab.report.raw.PartCounts;
import shedlab.report.raw.PartLog;

/** What one of several load generators tells beyond its own result, so that all can be added up. */
final class PartRecords {
  private static final int DIGITS = 3;
  private static final long ROW_NANOS = ClientCsv.ROW_MILLIS * 1_000_000L;

  private final LoadRun run;
  private final Records records;
  private final long zeroEpochMillis;

  PartRecords(LoadRun run, Records records, long zeroEpochMillis) {
    this.run = run;
    this.records = records;
    this.zeroEpochMillis = zeroEpochMillis;
  }

  void write(Path folder) throws IOException {
    PartCounts.of(Arrays.stream(records.startsPerSecond()).boxed().toList(), records.endedMillis())
        .write(folder);
    Map<String, Histogram> all = new LinkedHashMap<>();
    all.put(PartLog.LATENESS, records.latenessMicros());
    all.put(PartLog.UNCORRECTED_ADMITTED, records.uncorrected(Kind.ADMITTED));
    all.put(PartLog.UNCORRECTED_SHED, records.uncorrected(Kind.SHED));
    for (int k = 0; k < run.job().clients().tenants().size(); k++) {
      int kind = k;
      IntPredicate ofKind = i -> run.tenant(i) == kind;
      all.put(PartLog.admittedOf(k), records.corrected(Kind.ADMITTED, ofKind));
      all.put(PartLog.shedOf(k), records.corrected(Kind.SHED, ofKind));
    }
    long from = zeroEpochMillis + (long) (run.job().leadInSeconds() * 1_000);
    all.values().forEach(h -> spans(h, from, (long) (records.windowSeconds() * 1_000)));
    rows()
        .forEach(
            (row, micros) -> {
              spans(
                  micros,
                  zeroEpochMillis + (long) row * ClientCsv.ROW_MILLIS,
                  ClientCsv.ROW_MILLIS);
              all.put(PartLog.row(row), micros);
            });
    PartLog.write(folder, all);
  }

  private static void spans(Histogram histogram, long fromEpochMillis, long millis) {
    histogram.setStartTimeStamp(fromEpochMillis);
    histogram.setEndTimeStamp(fromEpochMillis + millis);
  }

  /** Response times of 200s by the row of the intended start; a row without any is missing. */
  private Map<Integer, Histogram> rows() {
    Map<Integer, Histogram> rows = new TreeMap<>();
    for (int i = 0; i < records.size(); i++) {
      if (records.ending(i).admitted()) {
        rows.computeIfAbsent(
                (int) (records.intendedNanos(i) / ROW_NANOS), row -> new Histogram(DIGITS))
            .recordValue(records.responseMicros(i));
      }
    }
    return rows;
  }
}
