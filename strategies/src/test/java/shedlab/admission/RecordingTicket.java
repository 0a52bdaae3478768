package shedlab.admission;

import java.util.ArrayList;
import java.util.List;

/** A ticket that records the gate's decisions and can act on them. */
public final class RecordingTicket extends Ticket {
  private final String name;
  private final List<String> journal;
  private final List<String> decisions = new ArrayList<>();
  private Runnable whenAdmitted = () -> {};
  private Runnable whenShed = () -> {};
  private int urgency = 3;
  private long budgetNanos = NO_DEADLINE;
  private long client;
  private int kind;

  /** A ticket that writes its decisions into the journal as well. */
  public RecordingTicket(String name, List<String> journal) {
    this.name = name;
    this.journal = journal;
  }

  /** What the callback does when the ticket is admitted. */
  public RecordingTicket whenAdmitted(Runnable action) {
    whenAdmitted = action;
    return this;
  }

  /** What the callback does when the ticket is shed. */
  public RecordingTicket whenShed(Runnable action) {
    whenShed = action;
    return this;
  }

  /** With this urgency. */
  public RecordingTicket urgency(int value) {
    urgency = value;
    return this;
  }

  /** With this budget. */
  public RecordingTicket budget(long nanos) {
    budgetNanos = nanos;
    return this;
  }

  /** From this client. */
  public RecordingTicket client(long key) {
    client = key;
    return this;
  }

  /** Of this kind. */
  public RecordingTicket kind(int value) {
    kind = value;
    return this;
  }

  /** As if it had entered a gate at that time and waited, to test a backlog alone. */
  public RecordingTicket arrivedAt(long nanos) {
    waitFrom(nanos);
    return this;
  }

  /** As if it had passed through a gate like this, to test a policer alone. */
  @SuppressWarnings("NullAway") // it belongs to no gate
  public RecordingTicket completed(
      long now, long waitedNanos, long elapsedNanos, int inflight, Outcome how) {
    settle();
    waitFrom(now - elapsedNanos - waitedNanos);
    admitWaiter(now - elapsedNanos, inflight);
    startLeaving(null, how);
    completedAt(now);
    return this;
  }

  /** As if its work had taken this long. */
  public RecordingTicket service(long nanos) {
    startedAt(completedNanos() - nanos);
    return this;
  }

  /** As if its work had used so much CPU time. */
  public RecordingTicket used(long nanos) {
    usedCpu(nanos);
    return this;
  }

  @Override
  public int urgency() {
    return urgency;
  }

  @Override
  public long budgetNanos() {
    return budgetNanos;
  }

  @Override
  public long client() {
    return client;
  }

  @Override
  public int kind() {
    return kind;
  }

  /** Every decision so far, such as {@code admitted} or {@code FULL}, one for each visit. */
  public List<String> decisions() {
    return List.copyOf(decisions);
  }

  @Override
  protected void onAdmitted() {
    decide("admitted");
    whenAdmitted.run();
  }

  @Override
  protected void onShed(Shed reason) {
    decide(reason.name());
    whenShed.run();
  }

  private void decide(String decision) {
    decisions.add(decision);
    journal.add(name + " " + decision);
  }

  @Override
  public String toString() {
    return name;
  }
}
