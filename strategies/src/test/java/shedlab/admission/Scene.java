package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shedlab.strategy.Strategies;

/** One gate, its clock and all its tickets, with the invariants that hold between calls. */
final class Scene {
  final ManualClock clock = new ManualClock(Long.MAX_VALUE - 1_000); // overflows during the test
  final Gate gate;
  final List<String> journal = new ArrayList<>();
  private final Map<RecordingTicket, Integer> visits = new LinkedHashMap<>();

  Scene(Limit limit, Backlog backlog, Policer... policers) {
    gate = new Gate(List.of(policers), limit, backlog, clock, HostView.NONE);
  }

  Scene(String strategy) {
    gate = (Gate) Strategies.builtIn().parse(strategy).admission(clock);
  }

  RecordingTicket ticket(String name) {
    return new RecordingTicket(name, journal);
  }

  RecordingTicket enter(String name) {
    return enter(ticket(name));
  }

  RecordingTicket enter(RecordingTicket ticket) {
    visits.merge(ticket, 1, Integer::sum);
    gate.enter(ticket);
    return ticket;
  }

  void leave(RecordingTicket... tickets) {
    for (RecordingTicket ticket : tickets) {
      gate.leave(ticket, Outcome.SUCCESS);
    }
  }

  int limit() {
    return gate.stats().limit();
  }

  int inflight() {
    return gate.stats().inflight();
  }

  int waiting() {
    return gate.stats().waiting();
  }

  private static int missing(RecordingTicket ticket, int visits) {
    return visits - ticket.decisions().size();
  }

  /** Checks the invariants that must hold between any two calls. */
  void assertConserved() {
    GateStats stats = gate.stats();
    long offered = visits.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(stats.admitted() + stats.shedTotal() + stats.waiting())
        .as("offered = admitted + shed + waiting in %s", stats)
        .isEqualTo(offered);
    assertThat(journal)
        .as("every decision was told once: %s", stats)
        .hasSize((int) (stats.admitted() + stats.shedTotal()));
    assertThat(visits.entrySet())
        .as("at most one decision a visit")
        .filteredOn(visit -> missing(visit.getKey(), visit.getValue()) != 0)
        .allMatch(visit -> missing(visit.getKey(), visit.getValue()) == 1);
    if (stats.inflight() < stats.limit()) {
      assertThat(stats.waiting()).as("nobody waits while a permit is free: %s", stats).isZero();
    }
  }
}
