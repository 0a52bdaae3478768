package shedlab.servers.endpoint;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.servers.threads.Tasks;

/** One request for work, from the gate to its reply. */
final class Call extends Ticket implements Runnable {
  /** What all calls of an endpoint share. */
  record Context(
      ResettableGate gate,
      Housekeeper housekeeper,
      Refusals refusals,
      IntToLongFunction task,
      TaskCpu taskCpu,
      Tasks tasks,
      Responder responder,
      LongAdder received,
      LongAdder completed) {}

  private final Context context;
  private final Admission gate;
  private final Exchange exchange;
  private final int units;
  private final long budgetNanos;
  private int limit;

  /** Read when a strategy asks for it, which few do; the gate's. Below 0 before. */
  private int urgency = -1;

  /** As the urgency. */
  private long client;

  private boolean named;

  /** How long it waited before it reached the gate. */
  private long waitedBeforeNanos;

  /** Admitted or shed. A stale reading is harmless, so it is a plain field. */
  private boolean decided;

  /** Why it was shed; as stale. */
  private @Nullable Shed shed;

  /**
   * A call that has not entered. From now on it counts as received.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)} for a bad header field
   */
  Call(Context context, Exchange exchange, int units) {
    this.context = context;
    this.exchange = exchange;
    this.units = units;
    budgetNanos = Attributes.budgetNanos(exchange.field(Attributes.DEADLINE));
    context.received.increment(); // before it takes the gate: see ResettableGate
    gate = context.gate.get();
  }

  @Override
  public int urgency() {
    if (urgency < 0) {
      urgency = Attributes.urgency(exchange.field(Attributes.PRIORITY));
    }
    return urgency;
  }

  @Override
  public long budgetNanos() {
    return budgetNanos;
  }

  @Override
  public long client() {
    if (!named) {
      client = Attributes.client(exchange.field(Attributes.CLIENT), exchange.remote());
      named = true;
    }
    return client;
  }

  @Override
  public int kind() {
    return Attributes.kind(units);
  }

  /** The gate that decides on it. */
  Admission gate() {
    return gate;
  }

  /** Enters the gate after a wait that the gate does not see. */
  void enterAfter(long waitedNanos) {
    waitedBeforeNanos = waitedNanos;
    gate.enter(this);
    if (waits()) {
      context.housekeeper.watch();
    }
    context.refusals.arrived(shed);
  }

  @Override
  protected void onAdmitted() {
    decided = true;
    limit = gate.limit();
    context.tasks.submit(this);
  }

  @Override
  protected void onShed(Shed reason) {
    shed = reason;
    decided = true;
    context.responder.reply(exchange, context.refusals.reply(reason));
  }

  /** False if it is decided; true if it waits, as far as the calling thread can see. */
  boolean waits() {
    return !decided;
  }

  /** Does the work on the calling thread. The permit is free before the reply is sent. */
  @Override
  public void run() {
    gate.start(this);
    long checksum;
    try {
      long began = context.taskCpu.begin();
      checksum = context.task.applyAsLong(units);
      usedCpu(context.taskCpu.ended(began, units));
    } catch (Throwable bug) {
      end(Outcome.IGNORED);
      context.responder.reply(exchange, Reply.BUG);
      throw bug;
    }
    end(Outcome.SUCCESS);
    context.responder.reply(
        exchange,
        Reply.done(checksum, waitedBeforeNanos + waitedNanos(), elapsedNanos(), limit, inflight()));
  }

  private void end(Outcome outcome) {
    context.completed.increment();
    gate.leave(this, outcome);
    context.refusals.ended();
  }
}
