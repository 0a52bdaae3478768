package shedlab.bench.refusals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import shedlab.bench.refusals.Load.Answer;
import shedlab.bench.refusals.Subject.Refusing;

/**
 * What is done with one process of a server, in this order.
 *
 * @param loads one measurement each
 */
record Visit(Subject subject, List<Load> loads) {
  /** Refusals per second that are offered by an open loop. */
  static final List<Integer> RATES = List.of(1_000, 3_000, 6_000);

  /**
   * The visits of a block. From block to block another server begins, and every other block runs
   * backwards, loads included: a drift of the machine meets both sides of each ratio.
   *
   * @param block from 0
   * @param openLoop whether there is a program that can offer a rate
   */
  static List<Visit> block(int block, List<String> servers, boolean openLoop) {
    List<String> rotated = new ArrayList<>(servers);
    Collections.rotate(rotated, -(block / 2));
    List<Visit> visits = new ArrayList<>();
    rotated.forEach(server -> visits.addAll(visits(server, openLoop)));
    return block % 2 == 0 ? visits : backwards(visits);
  }

  /** The loads that saturate, in this order. */
  List<Load> saturating() {
    return loads.stream().filter(Load::isSaturated).toList();
  }

  /** The loads that come at a rate, in this order. */
  List<Load> offered() {
    return loads.stream().filter(load -> !load.isSaturated()).toList();
  }

  /** The kinds of answers. */
  List<Answer> answers() {
    return loads.stream().map(Load::answer).distinct().toList();
  }

  private static List<Visit> visits(String server, boolean openLoop) {
    List<Load> compared = new ArrayList<>();
    for (boolean kept : new boolean[] {true, false}) {
      compared.add(Load.saturated(Answer.REFUSAL, kept));
      compared.add(Load.saturated(Answer.PLAIN, kept));
    }
    List<Load> refused = new ArrayList<>(compared);
    refused.removeIf(load -> load.answer() != Answer.REFUSAL);
    if (openLoop) { // where no task uses the rest of the CPU
      RATES.forEach(rate -> refused.add(Load.offered(rate)));
    }
    return List.of(
        new Visit(new Subject(server, Refusing.FULL, true), List.copyOf(compared)),
        new Visit(new Subject(server, Refusing.ALL, true), List.copyOf(refused)),
        new Visit(
            new Subject(server, Refusing.FULL, false),
            List.of(Load.saturated(Answer.REFUSAL, true))));
  }

  private static List<Visit> backwards(List<Visit> visits) {
    List<Visit> reversed = new ArrayList<>();
    visits.forEach(visit -> reversed.add(new Visit(visit.subject, reversed(visit.loads))));
    return reversed(reversed);
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }
}
