package shedlab.report.league.page;

import java.util.List;

/** How the league is played, in plain words. */
final class Method {
  static final List<String> TEXT =
      List.of(
          "A **situation** is a simulated server with its clients: cores, worker threads, size of the"
              + " tasks and their spread, deadline, offered load and its course. Each is simulated"
              + " with several seeds; a seed gives every strategy the same arrivals and the same"
              + " sizes.",
          "**Goodput** counts answers within the deadline, as a share of what the server's cores"
              + " could do. **Regret** is the best contender's goodput minus this strategy's, in the"
              + " same situation, in points of the capacity. The best contender's goodput counts up"
              + " to the upper bound: more was luck with the sizes of requests, and so is a regret"
              + " below zero. The best may be a reference that knows the capacity, which no real"
              + " strategy does.",
          "Strategies are **ranked** by their worst regret, then by their mean. A situation counts"
              + " once, so that the mean depends on which situations there are; the worst does"
              + " not. Intervals hold 95 % of the spread between seeds, and say nothing about"
              + " situations that are not in the league.",
          "**Tuned** settings are computed from what an engineer knows: cores, worker threads and"
              + " deadline; none knows how long a task takes. **Default** settings are those of the"
              + " library or paper; a setting that they leave open is computed from the cores or the deadline.",
          "**Above 10**: situations in which a strategy misses more than ten points. **False"
              + " sheds**: share of the requests that were refused while less than the capacity was"
              + " offered. **p99 late in**: share of the situations in which the 99th percentile of"
              + " the admitted is beyond the deadline. **Waste**: share of the admitted that were"
              + " not answered in time.",
          "The **upper bound** is what a fluid could do: a server that may divide requests at will,"
              + " on all cores at once, and that refuses what cannot be done within the deadline."
              + " A strategy that does not know the sizes of requests exceeds it only by chance.",
          "The simulator runs the production gate in virtual time. It does **not model**: the network,"
              + " garbage collection, the compiler, caches, the hand-off between two"
              + " tasks, other programs, and tasks that wait instead of computing. A core is either"
              + " free or does one task's work at full speed.");

  private Method() {}
}
