package shedlab.injector;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shedlab.load.ArrivalSchedule;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.SchedulePart;
import shedlab.simulation.model.Tenant;
import shedlab.spec.SpecException;
import shedlab.task.CpuTask;

/**
 * One running job: its schedule, its task sizes and its records. Of a part of a schedule, sizes and
 * kinds of clients are those that the requests have in the whole.
 */
final class LoadRun {
  /**
   * How far before its second Gatling lets users appear. Gatling starts users on a grid of whole
   * milliseconds, anywhere within the second of their intended start, from one second's batch to
   * the next; the rest allows for its delays.
   */
  private static final long AHEAD_NANOS = 1_250_000_000;

  private static final long SECOND = 1_000_000_000;

  /** How long a job that is set up waits to be told its start. */
  private static final long PATIENCE_SECONDS = 60;

  private final LoadJob job;
  private final SchedulePart part;
  private final boolean isHeld;
  private final CountDownLatch told = new CountDownLatch(1);
  private final ArrivalSchedule schedule;
  private final int[] units;
  private final int[] tenants;
  private final Retrier retrier;
  private final ClientRecorder recorder;
  private volatile boolean waits;
  private volatile @Nullable Zero zero;

  /** Zero of the schedule on both clocks, and the meters that run from it. */
  record Zero(long nanoTime, long epochMicros, WindowMeter meter, PauseMeter pauses) {}

  /** All of a job, which starts as soon as Gatling does. */
  LoadRun(LoadJob job) {
    this(job, SchedulePart.WHOLE, false);
  }

  /**
   * A part of a job.
   *
   * @param isHeld true if it waits to be told its start
   */
  LoadRun(LoadJob job, SchedulePart part, boolean isHeld) {
    this.job = job;
    this.part = part;
    this.isHeld = isHeld;
    ArrivalSchedule whole = job.schedule();
    schedule = part.arrivalsOf(whole);
    SpecException.check(
        schedule.size() > 0, "arrivals", job.named().arrivals(), "a request in the job's time");
    int[] ofWhole = drawTenants(job, whole.size());
    tenants = ofPart(ofWhole);
    units = ofPart(sizes(job, whole, ofWhole));
    retrier = new Retrier(job.clients(), job.seed());
    recorder = new ClientRecorder(schedule);
  }

  private int[] ofPart(int[] ofWhole) {
    int[] own = new int[schedule.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = ofWhole[part.inWhole(i)];
    }
    return own;
  }

  LoadJob job() {
    return job;
  }

  SchedulePart part() {
    return part;
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

  /** Counts requests as the whole schedule does: their pauses are drawn for each. */
  long pauseNanos(int index, int tried, int status, long retryAfterSeconds) {
    return retrier.pauseNanos(part.inWhole(index), tried, status, retryAfterSeconds);
  }

  /** A request is tried for the first time. */
  void firstTry() {
    retrier.firstTry();
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

  /** Whether it is one of those that play a job together; there may be one alone. */
  boolean isHeld() {
    return isHeld;
  }

  /** True while it is set up and waits to be told its start. */
  boolean waits() {
    return waits;
  }

  /**
   * Returns when the load may begin: at once, or when the start has been told.
   *
   * @throws IllegalStateException if nobody tells it
   */
  void awaitStart() {
    if (!isHeld) {
      return;
    }
    waits = true;
    try {
      if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            SpecException.message("start", "not told", "within " + PATIENCE_SECONDS + " s"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      waits = false;
    }
  }

  /**
   * Says when zero of the schedule is, while it waits for that.
   *
   * @param nanoTime of {@link System#nanoTime()}
   * @throws SpecException if it does not wait, or if that is too soon for the first requests
   */
  synchronized void startAt(long nanoTime) {
    SpecException.check(waits && zero == null, "start", "told", "once, while the job is held");
    long ahead = nanoTime - System.nanoTime();
    SpecException.check(
        ahead >= AHEAD_NANOS,
        "start",
        "in " + ahead / 1_000_000 + " ms",
        "in " + AHEAD_NANOS / 1_000_000 + " ms or later");
    fix(nanoTime);
    told.countDown();
  }

  /** Fixes zero at the first call, unless it was told: when the first virtual user has arrived. */
  void arrived() {
    if (zero == null) {
      fixZero();
    }
  }

  private synchronized void fixZero() {
    if (zero == null) {
      // Gatling skips the empty seconds before the first arrival like any others.
      fix(System.nanoTime() + AHEAD_NANOS - schedule.startNanos(0) / SECOND * SECOND);
    }
  }

  private void fix(long zeroNanos) {
    Instant wall = Instant.now();
    long untilZero = zeroNanos - System.nanoTime();
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

  /** Null until the start was told or the first virtual user has arrived. */
  @Nullable Zero zero() {
    return zero;
  }
}
