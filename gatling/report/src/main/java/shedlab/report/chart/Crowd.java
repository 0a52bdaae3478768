package shedlab.report.chart;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of many lines a chart names and colours: the best and the worst. The others are grey, and
 * say who they are when pointed at. A few are all named.
 */
public final class Crowd {
  /** As many names as fit beside a chart. */
  private static final int MOST = 14;

  /** How many of the best, and of the worst, are named where not all can be. */
  private static final int EDGE = 4;

  private final Set<String> named;

  private Crowd(Set<String> named) {
    this.named = named;
  }

  /** True if so many are all named. */
  public static boolean fits(int strategies) {
    return strategies <= MOST;
  }

  /** Of strategies in their order, the best first. */
  public static Crowd of(List<String> bestFirst) {
    if (fits(bestFirst.size())) {
      return new Crowd(Set.copyOf(bestFirst));
    }
    Set<String> edges = new HashSet<>(bestFirst.subList(0, EDGE));
    edges.addAll(bestFirst.subList(bestFirst.size() - EDGE, bestFirst.size()));
    return new Crowd(edges);
  }

  /** True if the strategy is named and coloured. */
  public boolean names(String strategy) {
    return named.contains(strategy);
  }
}
