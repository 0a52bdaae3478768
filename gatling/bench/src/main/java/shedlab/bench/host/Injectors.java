package shedlab.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import shedlab.report.clock.ClockOffset;
import shedlab.report.merge.Merge;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Progress;
import shedlab.report.raw.SchedulePart;

/**
 * Several load generators that play one job together: each plays its part of the schedule, all from
 * the same instant, and their results become one.
 *
 * <p>All set the job up first and hold it. Then each is asked for its clock and told, as a reading
 * of that clock, when zero of the schedule is.
 */
public final class Injectors implements Injector {
  /** From the moment at which they are told to zero: what Gatling needs to begin, and more. */
  static final long AHEAD_NANOS = 2_000_000_000;

  /** How long a job takes to be set up at most; a cold JVM needs some seconds. */
  private static final Duration SET_UP = Duration.ofSeconds(50);

  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration REPORT = Duration.ofMillis(500);

  private final List<RemoteInjector> all;

  /** Those that are up; one alone if its clock is another than this machine's. */
  public Injectors(List<RemoteInjector> all) {
    this.all = List.copyOf(all);
  }

  /**
   * The one load generator of a host, or its several together.
   *
   * @param starter starts one by its number, from 0
   * @param onFailure ends those that have been started if one does not start
   */
  public static Injector startedBy(
      IntFunction<RemoteInjector> starter, CpuSplit cpus, Runnable onFailure) {
    List<RemoteInjector> all = new ArrayList<>();
    try {
      for (int i = 0; i < cpus.injectors().size(); i++) {
        all.add(starter.apply(i));
      }
    } catch (HostException e) {
      onFailure.run();
      throw e;
    }
    return all.size() == 1 ? all.get(0) : new Injectors(all);
  }

  @Override
  public List<Long> pids() {
    return all.stream().flatMap(each -> each.pids().stream()).toList();
  }

  @Override
  public LoadResult run(LoadJob job, Path folder, Consumer<Progress> onProgress) {
    List<CompletableFuture<HttpResponse<byte[]>>> pending = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      pending.add(all.get(i).hold(job, part(i)));
    }
    awaitHeld(pending, folder);
    long asked = System.nanoTime();
    List<ClockOffset> before = clocks();
    long now = System.nanoTime();
    long ahead = aheadNanos(now - asked);
    long zero = now + ahead;
    long zeroEpochMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + ahead / 1_000;
    for (int i = 0; i < all.size(); i++) {
      all.get(i).start(before.get(i).there(zero));
    }
    awaitEnd(job, pending, onProgress);
    List<Merge.Clocks> clocks = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      clocks.add(new Merge.Clocks(before.get(i), all.get(i).clock()));
    }
    for (int i = 0; i < all.size(); i++) {
      all.get(i).keep(pending.get(i), folder.resolve(part(i).folder()));
    }
    try {
      return Merge.in(folder, job, zeroEpochMicros, clocks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How long before zero they are told. Telling all of them takes an answer of each, and asking for
   * all clocks took ten of each: where answers come late, the last must not be told too late.
   *
   * @param askedNanos how long asking took
   */
  static long aheadNanos(long askedNanos) {
    return AHEAD_NANOS + askedNanos;
  }

  private SchedulePart part(int index) {
    return new SchedulePart(index + 1, all.size());
  }

  private List<ClockOffset> clocks() {
    return all.stream().map(RemoteInjector::clock).toList();
  }

  private void awaitHeld(List<CompletableFuture<HttpResponse<byte[]>>> pending, Path folder) {
    long bound = System.nanoTime() + SET_UP.toNanos();
    for (int i = 0; i < all.size(); i++) {
      RemoteInjector each = all.get(i);
      while (!each.progress().held()) {
        if (each.ends(pending.get(i), GLANCE)) {
          each.keep(pending.get(i), folder.resolve(part(i).folder())); // says why
          throw new HostException("injector", "has ended", "a job that is held until its start");
        }
        if (System.nanoTime() - bound >= 0) {
          throw each.hangs();
        }
      }
    }
  }

  private void awaitEnd(
      LoadJob job,
      List<CompletableFuture<HttpResponse<byte[]>>> pending,
      Consumer<Progress> onProgress) {
    long bound = RemoteInjector.bound(job);
    for (int i = 0; i < all.size(); i++) {
      while (!all.get(i).ends(pending.get(i), REPORT)) {
        if (System.nanoTime() - bound >= 0) {
          throw all.get(i).hangs();
        }
        onProgress.accept(
            all.stream().map(RemoteInjector::progress).reduce(Progress.IDLE, Progress::and));
      }
    }
  }
}
