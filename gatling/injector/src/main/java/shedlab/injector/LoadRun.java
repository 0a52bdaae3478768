package shedlab.injector;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import shedlab.load.ArrivalSchedule;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.simulation.model.Tenant;
import shedlab.spec.SpecException;
import shedlab.task.CpuTask;

/** One running job: its schedule, its task sizes and its records. */
final class LoadRun {
  /**
   * How far before its second Gatling lets users appear. Gatling starts users on a grid of whole
   * milliseconds, anywhere within the second of their intended start, from one second's batch to
   * the next; the rest allows for its delays.
   */
  private static final long AHEAD_NANOS = 1_250_000_000;

  private static final long SECOND = 1_000_000_000;

  private final LoadJob job;
  private final ArrivalSchedule schedule;
  private final int[] units;
  private final int[] tenants;
  private final Retrier retrier;
  private final ClientRecorder recorder;
  private volatile @Nullable Zero zero;

  /** Zero of the schedule on both clocks, and the meters that run from it. */
  record Zero(long nanoTime, long epochMicros, WindowMeter meter, PauseMeter pauses) {}

  LoadRun(LoadJob job) {
    this.job = job;
    schedule = job.schedule();
    SpecException.check(
        schedule.size() > 0, "arrivals", job.named().arrivals(), "a request in the job's time");
    tenants = drawTenants(job, schedule.size());
    units = sizes(job, schedule, tenants);
    retrier = new Retrier(job.clients(), job.seed());
    recorder = new ClientRecorder(schedule);
  }

  LoadJob job() {
    return job;
  }

  ArrivalSchedule schedule() {
    return schedule;
  }

  ClientRecorder recorder() {
    return recorder;
  }

  int units(int index) {
    return units[index];
  }

  /** The number of the kind of client that makes a request; 0 if all are alike. */
  int tenant(int index) {
    return tenants[index];
  }

  Retrier retrier() {
    return retrier;
  }

  private static int[] drawTenants(LoadJob job, int count) {
    List<Tenant> kinds = job.clients().tenants();
    int[] drawn = new int[count];
    double all = kinds.stream().mapToDouble(Tenant::share).sum();
    // A stream independent of the arrivals and sizes of the same seed.
    SplittableRandom random = new SplittableRandom(~job.seed());
    for (int i = 0; i < count && kinds.size() > 1; i++) {
      double left = random.nextDouble() * all;
      while (drawn[i] < kinds.size() - 1 && left >= kinds.get(drawn[i]).share()) {
        left -= kinds.get(drawn[i]).share();
        drawn[i]++;
      }
    }
    return drawn;
  }

  private static int[] sizes(LoadJob job, ArrivalSchedule schedule, int[] tenants) {
    int[] sizes = job.taskUnits(schedule.size());
    ClientBehaviour clients = job.clients();
    for (int i = 0; i < sizes.length; i++) {
      double factor =
          schedule.startNanos(i) >= clients.slowdownSecond() * SECOND
              ? clients.slowdownFactor()
              : 1;
      double work = clients.tenants().isEmpty() ? 1 : clients.tenants().get(tenants[i]).work();
      sizes[i] = (int) Math.max(1, Math.min(CpuTask.MAX_UNITS, sizes[i] * factor * work));
    }
    return sizes;
  }

  /** Fixes zero at the first call: when the first virtual user has arrived. */
  void arrived() {
    if (zero == null) {
      fixZero();
    }
  }

  private synchronized void fixZero() {
    if (zero != null) {
      return;
    }
    Instant wall = Instant.now();
    long now = System.nanoTime();
    // Gatling skips the empty seconds before the first arrival like any others.
    long untilZero = AHEAD_NANOS - schedule.startNanos(0) / SECOND * SECOND;
    long zeroNanos = now + untilZero;
    long from = zeroNanos + (long) (job.leadInSeconds() * SECOND);
    long to = zeroNanos + schedule.lengthNanos();
    WindowMeter meter = new WindowMeter(from, to);
    PauseMeter pauses = new PauseMeter(from, to);
    recorder.zeroAt(zeroNanos);
    long epochMicros =
        wall.getEpochSecond() * 1_000_000 + wall.getNano() / 1_000 + untilZero / 1_000;
    zero = new Zero(zeroNanos, epochMicros, meter, pauses);
    meter.start();
    pauses.start();
  }

  /** Null until the first virtual user has arrived. */
  @Nullable Zero zero() {
    return zero;
  }
}
