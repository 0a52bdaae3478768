package shedlab.bench.cleanrate.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import shedlab.bench.cleanrate.profile.ThreadUse.OfThread;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;

/**
 * Where the CPU time of load generators went.
 *
 * @param who they were, for the heading
 * @param perSecond the rate
 * @param seconds that were looked at
 * @param threads CPU time in these seconds
 */
public record Profile(
    String who,
    int perSecond,
    double seconds,
    Map<ThreadKind, OfThread> threads,
    HotMethods methods) {
  private static final int TOP = 15;

  /** Its section of a report, in Markdown. */
  public String markdown() {
    return """
    ## What limits it

    %s at %d/s, with a flight recorder in the JVM of the first, which costs a little itself. The CPU time of threads is
    the kernel's count over %s s.

    %s
    The methods in which samples were taken (JFR, %d samples of threads that ran Java code; time in the kernel is in none):

    %s"""
        .formatted(
            who,
            perSecond,
            Numbers.fixed(seconds, 1),
            threadTable().markdown(),
            methods.samples(),
            methodTable().markdown());
  }

  private Table threadTable() {
    double all = threads.values().stream().mapToDouble(OfThread::seconds).sum();
    List<List<String>> rows = new ArrayList<>();
    threads.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue().seconds()))
        .forEach(
            entry -> {
              OfThread use = entry.getValue();
              rows.add(
                  List.of(
                      entry.getKey().title(),
                      Numbers.percent(use.seconds() / all),
                      Numbers.wholePercent(Math.min(1, use.kernelSeconds() / use.seconds())),
                      Numbers.fixed(1e6 * use.seconds() / (perSecond * seconds), 1)));
            });
    return Table.of(
        List.of("threads", "share of the CPU time", "of it in the kernel", "µs a request"),
        1,
        rows);
  }

  private Table methodTable() {
    return Table.of(
        List.of("method", "share of samples"),
        1,
        methods.top(TOP).stream()
            .map(hot -> List.of("`" + hot.method() + "`", Numbers.percent(hot.share())))
            .toList());
  }
}
