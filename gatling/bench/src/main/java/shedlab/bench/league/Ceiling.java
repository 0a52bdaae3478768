package shedlab.bench.league;

import java.util.function.IntSupplier;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.Schema;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.load.Arrivals;
import shedlab.load.DrawnRequests;

/**
 * An upper bound of the goodput: what a clairvoyant could do on a server that may divide requests
 * at will.
 *
 * <p>The server is a fluid: one tank that is emptied at the rate of all cores that are left, at
 * their speed. Every request costs the mean work, since a strategy that is not told sizes admits
 * requests of the mean size; one that cannot be done on one core within the deadline, even alone,
 * counts for nothing. An arrival is admitted in the part that the tank can still take, which is
 * what can be done within a deadline; the part that is refused costs its refusal. No admission rule
 * does more on the real server: it has the same work and less freedom (a request runs on one core
 * at a time and is admitted whole), first come first served is the best order where all deadlines
 * are equally far away, and refusing a request that fits never makes room for more than itself.
 *
 * <p>With I/O, a second tank holds the workers' time, and the lower of both bounds counts: a
 * request takes its worker for its work and its I/O, however many cores are free.
 *
 * <p>The mean of the sizes that were drawn is known to nobody in advance; the greater bound of that
 * mean and of the law's counts.
 *
 * <p>It holds in the mean over a long time. One run may exceed it by what its sample of sizes was
 * smaller than the mean, or by what its queue was longer at the end than at the beginning.
 */
final class Ceiling {
  private final SimulatedLoad load;
  private final DrawnRequests requests;
  private final Work allCores;
  private final Work oneCore;
  private final Work allWorkers;
  private final long deadline;

  /** Of these requests of the load. */
  Ceiling(SimulatedLoad load, DrawnRequests requests) {
    this.load = load;
    this.requests = requests;
    this.allCores = Work.ofAllCores(load);
    this.oneCore = Work.ofOneCore(load);
    this.allWorkers = Work.ofAllWorkers(load);
    this.deadline = load.settings().get(Schema.DEADLINE).toNanos();
  }

  /** Goodput in the window, in capacities. */
  double share() {
    return Math.max(share(load.law().meanUnits()), share(drawnMeanUnits()));
  }

  /** What both the cores and the workers can do; no refusal needs a worker. */
  private double share(double meanUnits) {
    double refusal = load.server().rejectCost().toNanos();
    double ofCores = share(meanUnits, allCores, refusal);
    return load.host().io() == 0 ? ofCores : Math.min(ofCores, share(meanUnits, allWorkers, 0));
  }

  private double drawnMeanUnits() {
    IntSupplier sizes = requests.units();
    double sum = 0;
    for (int i = 0; i < requests.size(); i++) {
      sum += sizes.getAsInt();
    }
    return requests.size() == 0 ? load.law().meanUnits() : sum / requests.size();
  }

  private double share(double meanUnits, Work work, double refusal) {
    double unitNanos = load.server().unitNanos();
    double mean = meanUnits * unitNanos;
    long leadIn = load.settings().get(Schema.LEAD_IN).toNanos();
    Arrivals arrivals = requests.starts();
    IntSupplier sizes = requests.units();
    double tank = 0;
    long now = 0;
    double good = 0;
    for (long next = arrivals.nextNanos(); next != Arrivals.END; next = arrivals.nextNanos()) {
      tank = Math.max(0, tank - work.between(now, next));
      now = next;
      double room = (work.between(now, now + deadline) - tank - refusal) / (mean - refusal);
      double part = Math.min(1, Math.max(0, room));
      tank += part * mean + (1 - part) * refusal;
      boolean fits = fits(sizes.getAsInt() * unitNanos, now);
      good += fits && now >= leadIn ? part : 0;
    }
    double seconds = Course.window(load.settings()).toNanos() / 1e9;
    return good / seconds / load.capacityPerSecond();
  }

  /** True if one core can do this in time, if it has nothing else to do. */
  private boolean fits(double nanos, long now) {
    return nanos <= oneCore.between(now, now + deadline)
        && nanos * (1 + load.host().ioPerCpu()) <= deadline;
  }
}
