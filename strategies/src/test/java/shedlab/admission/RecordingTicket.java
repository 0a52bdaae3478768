package shedlab.admission;

import java.util.ArrayList;
import java.util.List;

/** A ticket that writes down what the gate decides, and can be told what to do then. */
public final class RecordingTicket extends Ticket {
  private final String name;
  private final List<String> journal;
  private final List<String> decisions = new ArrayList<>();
  private Runnable whenAdmitted = () -> {};
  private Runnable whenShed = () -> {};
  private int urgency = 3;
  private long budgetNanos = NO_DEADLINE;
  private long client;

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

  /** As if it had come to a gate then and waited, for a backlog that is tested alone. */
  public RecordingTicket arrivedAt(long nanos) {
    waitFrom(nanos);
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
