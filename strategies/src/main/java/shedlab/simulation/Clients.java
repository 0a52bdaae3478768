package shedlab.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.load.Arrivals;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.RetryBudget;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;

/** All clients: they send, wait, give up and try again. */
final class Clients implements Server.Listener {
  private static final long SECOND = 1_000_000_000L;

  private final EventQueue events;
  private final Tally tally;
  private final ClientModel model;
  private final Retry retry;
  private final RetryBudget budget;
  private final boolean impatient;
  private final EventQueue.Timeouts timeouts;
  private final long deadlineNanos;
  private final double unitNanos;
  private final Tenant[] tenants;
  private final double[] upTo;
  private final Arrivals arrivals;
  private final IntSupplier sizes;
  private final SplittableRandom random;
  private final Heap.Entry<Runnable> arrival = EventQueue.event(this::arrive);

  private @Nullable Fleet fleet;
  private @Nullable Request unused;

  Clients(
      EventQueue events,
      Tally tally,
      ClientModel model,
      long deadlineNanos,
      ServerModel server,
      List<Tenant> tenants,
      Arrivals arrivals,
      IntSupplier sizes,
      SplittableRandom random) {
    this.events = events;
    this.tally = tally;
    this.model = model;
    this.retry = model.retry();
    this.budget = new RetryBudget(retry.budget());
    this.impatient = !model.timeout().equals(ClientModel.NEVER);
    this.timeouts = events.new Timeouts(model.timeout().toNanos());
    this.deadlineNanos = deadlineNanos;
    this.unitNanos = server.unitNanos();
    this.tenants = tenants.toArray(Tenant[]::new);
    this.upTo = new double[this.tenants.length];
    double all = tenants.stream().mapToDouble(Tenant::share).sum();
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += this.tenants[i].share() / all;
      upTo[i] = sum;
    }
    this.arrivals = arrivals;
    this.sizes = sizes;
    this.random = random;
  }

  /** Begins to send. */
  void start(Fleet to) {
    fleet = to;
    arriveNext();
  }

  private void arriveNext() {
    long next = arrivals.nextNanos();
    if (next != Arrivals.END) {
      events.at(arrival, next);
    }
  }

  private void arrive() {
    Request request = unused;
    if (request == null) {
      request = new Request(this);
    } else {
      unused = request.next;
    }
    request.intendedNanos = events.nanos();
    request.measured = tally.inWindow();
    request.tenant = drawTenant();
    request.workNanos = sizes.getAsInt() * unitNanos * tenants[request.tenant].work();
    request.tries = 0;
    budget.earn();
    tally.offered(request.tenant);
    send(request);
    arriveNext();
  }

  private int drawTenant() {
    if (tenants.length == 1) {
      return 0;
    }
    double draw = random.nextDouble();
    int tenant = 0;
    while (tenant < upTo.length - 1 && draw >= upTo[tenant]) {
      tenant++;
    }
    return tenant;
  }

  /** Sends a try. */
  void send(Request request) {
    if (fleet == null) {
      return;
    }
    Server server = fleet.next();
    Visit visit = server.visit();
    long spent = events.nanos() - request.intendedNanos;
    long budget = model.tellsDeadline() ? deadlineNanos - spent : Ticket.NO_DEADLINE;
    visit.begin(request, tenants[request.tenant].urgency(), budget);
    request.visit = visit;
    request.tries++;
    tally.entered(visit);
    server.enter(visit);
    if (request.visit == visit && impatient) {
      timeouts.set(request.timeout);
    }
  }

  /** The timeout of a try is over. */
  void giveUp(Request request) {
    Visit visit = request.visit;
    if (visit == null) {
      return;
    }
    part(visit, request);
    if (model.cancels()) {
      visit.server.abandon(visit);
    }
    tryAgainOrEnd(request, Ending.ABANDONED, 0, 0);
  }

  @Override
  public void admitted(Visit visit) {
    tally.admitted(visit);
  }

  @Override
  public void shed(Visit visit, Shed reason, double answerNanos) {
    tally.shed(visit, reason);
    Request request = visit.request;
    if (request != null) {
      part(visit, request);
      tryAgainOrEnd(
          request,
          Ending.SHED,
          (long) Math.ceil(answerNanos),
          retry.honoursRetryAfter() ? visit.server.retryAfterSeconds() * SECOND : 0);
    }
  }

  @Override
  public void completed(Visit visit) {
    tally.completed(visit);
    Request request = visit.request;
    if (request != null) {
      part(visit, request);
      long response = events.nanos() - request.intendedNanos;
      end(request, response <= deadlineNanos ? Ending.GOOD : Ending.LATE, events.nanos());
    }
  }

  @Override
  public void limitChanged(long delta) {
    tally.limitChanged(delta);
  }

  @Override
  public void lost(long waiting, long inflight) {
    tally.lost(waiting, inflight);
  }

  private void part(Visit visit, Request request) {
    visit.request = null;
    request.visit = null;
    timeouts.cancel(request.timeout);
    if (fleet != null) {
      fleet.answered(visit.server);
    }
  }

  private void tryAgainOrEnd(Request request, Ending ending, long answerNanos, long askedNanos) {
    long answeredNanos = events.nanos() + answerNanos;
    if (request.tries >= retry.tries() || !budget.spend()) {
      end(request, ending, answeredNanos);
      return;
    }
    double draw = retry.jitter() ? random.nextDouble() : 1;
    long pause = askedNanos + retry.pauseNanos(request.tries, draw);
    events.at(request.pause, answeredNanos + pause);
  }

  private void end(Request request, Ending ending, long endedNanos) {
    tally.ended(request, ending, endedNanos);
    request.next = unused;
    unused = request;
  }
}
