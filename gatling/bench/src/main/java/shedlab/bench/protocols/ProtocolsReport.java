package shedlab.bench.protocols;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import shedlab.report.metric.Column;
import shedlab.report.result.Invocation;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** The write-up of a comparison, as Markdown. */
final class ProtocolsReport {
  private final Results results;
  private final List<String> gaps;
  private final List<String> servers;
  private final Pace pace;
  private final boolean evidence;

  /**
   * A write-up of rows.
   *
   * @param gaps what could not be measured, and why
   * @param evidence false if both sides shared a CPU or the blocks are too few
   */
  ProtocolsReport(
      List<Row> rows, List<String> gaps, List<String> servers, Pace pace, boolean evidence) {
    this.results = new Results(rows);
    this.gaps = gaps;
    this.servers = servers;
    this.pace = pace;
    this.evidence = evidence;
  }

  String markdown(Map<String, String> environment, List<String> invocation) {
    StringBuilder text =
        new StringBuilder("# What a refusal costs in clear, over TLS and over HTTP/2\n\n");
    if (!evidence) {
      text.append("**Not evidence**: one block, or both sides share a CPU.\n\n");
    }
    text.append(
        """
        One CPU for the server, another for the load generator (h2load). The strategy `reject-all` refuses every request: with
        a `429`; over HTTP/2 with RST_STREAM; or by closing a new connection when it is accepted, before any TLS handshake.
        Beside them stands the server's cheapest `200`, that of `/healthz`. `http` is HTTP/1.1 in clear, `https` is HTTP/1.1 over
        TLS, `h2` is HTTP/2 over TLS. Every figure is the median of %s of about %s s; in every block each server, protocol and
        way to refuse is a fresh process. A ratio is of two figures of one block, with the 95 %% interval of its mean over the
        blocks (Student's t).

        """
            .formatted(Prose.count(pace.blocks(), "block"), Numbers.plain(pace.window() / 1e3)));
    answers(text);
    text.append("## Kept connections\n\n");
    text.append(
        """
        %d connections with one request at a time each, over HTTP/2 too. Their handshakes are part of the window. The last two
        columns say how many times as many of this answer a second of CPU time gives as of the other: above 1, it is cheaper.

        """
            .formatted(H2load.CONNECTIONS));
    text.append(table(true).markdown()).append('\n');
    text.append("## A connection for each request\n\n");
    text.append(
        """
        Bursts of %d new connections; each asks once, then the client closes it. Every TLS handshake is a whole one. The time
        between two bursts is not counted, so the CPU time is the figure to read, not the rate. Beside the rows `connection` another client is refused over a kept connection fifty times a second, so that the gate's latest
        decision is a refusal; *closed* is the share of the connections that were closed at once, the others got a `429`.

        """
            .formatted(pace.burst()));
    text.append(table(false).markdown()).append('\n');
    text.append("## Left out\n\n");
    Asked.leftOut().forEach(why -> text.append("- ").append(why).append('\n'));
    checks(text);
    environment(text, environment);
    text.append("## Columns of protocols.csv\n\n").append(Column.dictionary(RowColumns.ALL));
    return text.append("\nMade by `").append(Invocation.line(invocation)).append("`.\n").toString();
  }

  private void answers(StringBuilder text) {
    Sentences sentences = new Sentences(results, servers);
    text.append("## Answers\n\n");
    text.append(
        """
        The figures are ratios of refusals for each second of the server's CPU time. A difference is claimed only where the
        whole interval lies on one side of 1.

        """);
    listed(text, "What do TLS and HTTP/2 cost?", sentences.protocols());
    listed(text, "Is RST_STREAM cheaper than a 429?", sentences.resets());
    listed(text, "What does it save to refuse before the handshake?", sentences.closes());
  }

  private static void listed(StringBuilder text, String title, List<String> sentences) {
    text.append("**").append(title).append("**\n\n");
    sentences.forEach(sentence -> text.append("- ").append(sentence).append('\n'));
    text.append('\n');
  }

  private Table table(boolean kept) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "server",
                "protocol",
                "answer",
                "per second",
                "µs of CPU",
                "CPU used",
                "/ own 200",
                "/ 429 in clear"));
    if (!kept) {
      columns.add("closed");
    }
    List<List<String>> rows = new ArrayList<>();
    for (String server : servers) {
      for (Asked asked : Asked.all(kept)) {
        rows.add(row(server, asked));
      }
    }
    return Table.of(columns, 3, rows);
  }

  private List<String> row(String server, Asked asked) {
    Asked plain = asked.with(Answer.PLAIN);
    Asked clear = new Asked(Protocol.HTTP, Answer.STATUS, asked.kept());
    List<String> row = new ArrayList<>();
    row.add(server);
    row.add(asked.protocol().option());
    row.add("`" + asked.answer().option() + "`");
    row.add(figure(server, asked, Reading::perSecond, 0));
    row.add(figure(server, asked, Reading::cpuMicros, 1));
    row.add(Numbers.wholePercent(results.median(server, asked, Reading::busy)));
    row.add(ratio(server, asked, plain));
    row.add(ratio(server, asked, clear));
    if (!asked.kept()) {
      row.add(
          asked.answer() == Answer.CLOSE
              ? Numbers.percent(results.median(server, asked, Reading::closedShare))
              : Numbers.NO_FIGURE);
    }
    return row;
  }

  /** Nothing is compared with itself. */
  private String ratio(String server, Asked asked, Asked other) {
    return asked.equals(other) ? Numbers.NO_FIGURE : results.forCpu(server, asked, other).text();
  }

  private String figure(String server, Asked asked, ToDoubleFunction<Reading> figure, int digits) {
    return Numbers.fixed(results.median(server, asked, figure), digits);
  }

  private void checks(StringBuilder text) {
    List<Row> marked = results.marked();
    text.append("\n## Checks\n\n");
    text.append(
        """
        The server's own counters equal the load generator's counts in %d of %d rows. A stream that was reset is one request for
        both sides, and so is a connection that was closed at once. The gate never sees `/healthz`, and no server counts it:
        there the count is the load generator's.
        """
            .formatted(results.rows().size() - marked.size(), results.rows().size()));
    List<String> doubts = new ArrayList<>();
    for (Row row : marked) {
      doubts.add(
          "block %d, %s: %s; left out."
              .formatted(row.block(), row.words(), row.reading().problem()));
    }
    gaps.forEach(gap -> doubts.add("not measured: " + gap));
    text.append('\n');
    doubts.forEach(doubt -> text.append("- ").append(doubt).append('\n'));
    text.append(doubts.isEmpty() ? "" : "\n");
  }

  private static void environment(StringBuilder text, Map<String, String> environment) {
    text.append("## Environment\n\n| | |\n| --- | --- |\n");
    environment.forEach(
        (fact, value) ->
            text.append("| ").append(fact).append(" | ").append(value.strip()).append(" |\n"));
    text.append('\n');
  }
}
