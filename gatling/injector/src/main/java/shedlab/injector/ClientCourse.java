package shedlab.injector;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import shedlab.report.raw.ClientCsv;
import shedlab.report.result.Outcomes;

/** The course of a job, in rows by intended start, over the whole job. */
final class ClientCourse {
  private static final long ROW_NANOS = ClientCsv.ROW_MILLIS * 1_000_000L;

  /** Response times of 200s are counted between one of these and the next, for the heat map. */
  private static final long[] BELOW_MICROS = {
    1_000,
    2_000,
    4_000,
    8_000,
    16_000,
    32_000,
    64_000,
    128_000,
    256_000,
    512_000,
    1_024_000,
    2_048_000,
    60_000_000
  };

  private final List<ClientCsv.Row> rows = new ArrayList<>();
  private final Map<Ending, Long> counts = new EnumMap<>(Ending.class);
  private final Histogram admitted = new Histogram(3);

  private ClientCourse() {}

  static ClientCsv of(Records records) {
    var course = new ClientCourse();
    for (int i = 0; i < records.size(); i++) {
      while (records.intendedNanos(i) >= (course.rows.size() + 1) * ROW_NANOS) {
        course.endRow();
      }
      Ending ending = records.ending(i);
      course.counts.merge(ending, 1L, Long::sum);
      if (ending.admitted()) {
        course.admitted.recordValue(records.responseMicros(i));
      }
    }
    while (course.rows.size() * ROW_NANOS < records.lengthNanos()) {
      course.endRow();
    }
    return new ClientCsv(List.copyOf(course.rows));
  }

  private void endRow() {
    Outcomes outcomes = Records.outcomes(counts);
    boolean any = admitted.getTotalCount() > 0;
    rows.add(
        new ClientCsv.Row(
            rows.size() * ClientCsv.ROW_MILLIS / 1e3,
            outcomes.total(),
            outcomes,
            any ? admitted.getValueAtPercentile(50) : 0,
            any ? admitted.getValueAtPercentile(99) : 0,
            belowMicros(any)));
    counts.clear();
    admitted.reset();
  }

  private SortedMap<Long, Long> belowMicros(boolean any) {
    var below = new TreeMap<Long, Long>();
    long from = 0;
    for (long bound : BELOW_MICROS) {
      below.put(bound, any ? admitted.getCountBetweenValues(from, bound - 1) : 0);
      from = bound;
    }
    return below;
  }
}
