package shedlab.adapter;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Outcome;
import shedlab.admission.Ticket;

/** An admission, and what its host tells it. */
final class Recorded implements Admission {
  private final Admission admission;
  private final AtomicInteger starts = new AtomicInteger();
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

  Recorded(Admission admission) {
    this.admission = admission;
  }

  int starts() {
    return starts.get();
  }

  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  @Override
  public void enter(Ticket ticket) {
    admission.enter(ticket);
  }

  @Override
  public void start(Ticket ticket) {
    starts.incrementAndGet();
    admission.start(ticket);
  }

  @Override
  public void leave(Ticket ticket, Outcome outcome) {
    outcomes.add(outcome);
    admission.leave(ticket, outcome);
  }

  @Override
  public void tick() {
    admission.tick();
  }

  @Override
  public int limit() {
    return admission.limit();
  }

  @Override
  public GateStats stats() {
    return admission.stats();
  }
}
