package shedlab.bench.run;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.ServerCsv;

/**
 * What can be known of a server that has no sampler: its CPU time, seen from outside, and what the
 * clients counted in the place of its own counts. A request counts when it was due, so the counts
 * run ahead by a response time.
 */
final class TargetSamples {
  private static final List<String> COUNTS = List.of("received", "completed", "shed");

  private TargetSamples() {}

  /**
   * Adds the clients' counts to samples from outside.
   *
   * @param outside a row each tenth of a second
   * @param zeroEpochMicros when the clients' schedule began
   */
  static ServerCsv of(ServerCsv outside, ClientCsv clients, long zeroEpochMicros) {
    List<String> columns = new ArrayList<>(outside.columns());
    columns.addAll(COUNTS);
    StringBuilder csv = new StringBuilder(String.join(",", columns)).append('\n');
    long[] counts = new long[COUNTS.size()];
    int next = 0;
    for (ServerCsv.Row row : outside.rows()) {
      long micros = row.epochMicros() - zeroEpochMicros;
      while (next < clients.rows().size() && endMicros(clients.rows().get(next)) <= micros) {
        ClientCsv.Row due = clients.rows().get(next++);
        counts[0] += due.offered();
        counts[1] += due.admitted();
        counts[2] += due.shed();
      }
      csv.append(String.join(",", row.fields()));
      for (long count : counts) {
        csv.append(',').append(count);
      }
      csv.append('\n');
    }
    return ServerCsv.parse(csv.toString());
  }

  private static long endMicros(ClientCsv.Row row) {
    return Math.round(row.second() * 1e6) + 1_000L * ClientCsv.ROW_MILLIS;
  }
}
