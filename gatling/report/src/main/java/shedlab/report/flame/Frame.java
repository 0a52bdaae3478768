package shedlab.report.flame;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A frame, with all that was seen below it: a node of the tree that a flame graph draws. It may
 * hold the stacks of two runs, of which one is the difference's base.
 *
 * @param weight its own and that of all frames that it called, as a share of the whole
 * @param before the same in the run with which it is compared; equal to {@code weight} without one
 * @param called sorted by name
 */
record Frame(String name, double weight, double before, List<Frame> called) {
  /** The tree of some stacks; its root has the name that is given. */
  static Frame of(String name, Stacks stacks) {
    return merged(name, stacks.weights(), stacks.total(), stacks.weights(), stacks.total(), 0);
  }

  /** The tree of the stacks of two runs. */
  static Frame difference(String name, Stacks before, Stacks after) {
    return merged(name, after.weights(), after.total(), before.weights(), before.total(), 0);
  }

  private static Frame merged(
      String name,
      Map<String, Long> stacks,
      long all,
      Map<String, Long> others,
      long allOthers,
      int depth) {
    Map<String, Map<String, Long>> mine = byFrame(stacks, depth);
    Map<String, Map<String, Long>> theirs = byFrame(others, depth);
    var names = new TreeSet<String>(mine.keySet());
    names.addAll(theirs.keySet());
    List<Frame> called = new ArrayList<>();
    for (String next : names) {
      called.add(
          merged(
              next,
              mine.getOrDefault(next, Map.of()),
              all,
              theirs.getOrDefault(next, Map.of()),
              allOthers,
              depth + 1));
    }
    return new Frame(
        name,
        share(stacks.values(), all),
        share(others.values(), allOthers),
        Collections.unmodifiableList(called));
  }

  /** The stacks that go on after so many frames, by the next one. */
  private static Map<String, Map<String, Long>> byFrame(Map<String, Long> stacks, int depth) {
    var by = new TreeMap<String, Map<String, Long>>();
    stacks.forEach(
        (stack, weight) -> {
          List<String> frames = Stacks.frames(stack);
          if (frames.size() > depth) {
            by.computeIfAbsent(frames.get(depth), frame -> new TreeMap<>()).put(stack, weight);
          }
        });
    return by;
  }

  private static double share(Collection<Long> weights, long all) {
    double sum = weights.stream().mapToLong(weight -> weight).sum();
    return all == 0 ? 0 : sum / all;
  }
}
