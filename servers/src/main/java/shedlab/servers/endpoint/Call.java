package shedlab.servers.endpoint;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntToLongFunction;
import shedlab.admission.Admission;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

/** One request for work, from the gate to its reply. */
final class Call extends Ticket {
  /** What every call of an endpoint needs. */
  record Context(
      Admission gate,
      IntToLongFunction task,
      Workers workers,
      Responder responder,
      LongAdder completed) {}

  private final Context context;
  private final Exchange exchange;
  private final int units;
  private int limit;

  /** Admitted or shed. A stale reading is harmless, so it is a plain field. */
  private boolean decided;

  Call(Context context, Exchange exchange, int units) {
    this.context = context;
    this.exchange = exchange;
    this.units = units;
  }

  @Override
  protected void onAdmitted() {
    decided = true;
    limit = context.gate.limit();
    context.workers.submit(this);
  }

  @Override
  protected void onShed(Shed reason) {
    decided = true;
    context.responder.reply(exchange, Reply.shed(reason));
  }

  /** False if it is surely decided; true if it waits, as far as the calling thread knows. */
  boolean waits() {
    return !decided;
  }

  /** Does the work on the calling worker. The permit is free before the reply is on its way. */
  void work() {
    context.gate.start(this);
    long checksum;
    try {
      checksum = context.task.applyAsLong(units);
    } catch (Throwable bug) {
      end(Outcome.IGNORED);
      context.responder.reply(exchange, Reply.BUG);
      throw bug;
    }
    end(Outcome.SUCCESS);
    context.responder.reply(
        exchange, Reply.done(checksum, waitedNanos(), elapsedNanos(), limit, inflight()));
  }

  private void end(Outcome outcome) {
    context.completed.increment();
    context.gate.leave(this, outcome);
  }
}
