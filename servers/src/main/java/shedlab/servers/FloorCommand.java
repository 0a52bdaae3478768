package shedlab.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.admission.NanoClock;
import shedlab.host.WakeUps;
import shedlab.servers.threads.CpuSet;
import shedlab.spec.SpecException;

/**
 * Measures how late a thread wakes on each CPU that this process may use, on all of them at once:
 * what the machine itself adds to the response times of a server in such a process. Writes a CSV
 * file, one line per wake-up, then says that it is ready, and ends.
 */
@Command(
    name = "floor",
    description = "Measures how late a thread wakes on each CPU of this process.")
final class FloorCommand implements Callable<Integer> {
  private static final int MOST_MILLIS = 60_000;
  private static final long MILLI = 1_000_000;
  private static final long MICRO = 1_000;

  /** The first wake-ups of a JVM are late for reasons of its own: it loads and compiles. */
  private static final long WARM_UP_NANOS = 500 * MILLI;

  @Option(
      names = "--millis",
      defaultValue = "2000",
      description = "How long to measure, in milliseconds (default: ${DEFAULT-VALUE})")
  private int millis = 2_000;

  @Option(names = "--file", required = true, description = "Where to write (required)")
  private Path file = Path.of("");

  @Option(
      names = "--lease-seconds",
      description =
          "Stays when it is ready, until its standard input ends or is silent for so long, so that"
              + " its file can be fetched; 0: does not stay (default: ${DEFAULT-VALUE})")
  private int leaseSeconds = 0;

  /** The wake-ups of one CPU. */
  private static final class Cpu {
    private final CpuSet set;
    private final long[] lateNanos;
    private int count;

    Cpu(CpuSet set, int millis) {
      this.set = set;
      this.lateNanos = new long[millis + 1]; // a sleep takes a millisecond or more
    }

    void measure(long fromNanos, long toNanos) {
      set.pinCallingThread();
      var wakeUps = new WakeUps(NanoClock.SYSTEM, LockSupport::parkNanos);
      wakeUps.until(fromNanos, late -> {});
      wakeUps.until(toNanos, this::add);
    }

    private void add(long late) {
      if (count < lateNanos.length) {
        lateNanos[count++] = late;
      }
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    SpecException.check(
        millis >= 1 && millis <= MOST_MILLIS, "millis", millis, "from 1 to " + MOST_MILLIS);
    if (leaseSeconds > 0) {
      Lease.hold(leaseSeconds);
    }
    List<Cpu> cpus = new ArrayList<>();
    for (CpuSet one : mine().each()) {
      cpus.add(new Cpu(one, millis));
    }
    long from = System.nanoTime() + WARM_UP_NANOS;
    List<Thread> threads = new ArrayList<>();
    for (Cpu cpu : cpus) {
      var thread = new Thread(() -> cpu.measure(from, from + millis * MILLI), "floor " + cpu.set);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    write(csv(cpus));
    System.out.println("{\"ready\":true}");
    System.out.flush();
    if (leaseSeconds > 0) {
      new CountDownLatch(1).await(); // the lease ends the process
    }
    return 0;
  }

  private static CpuSet mine() {
    try {
      return CpuSet.current();
    } catch (IllegalStateException e) {
      throw new SpecException(
          "CPUs", String.valueOf(e.getMessage()), "Linux, which keeps a thread on a CPU");
    }
  }

  private void write(String csv) {
    try {
      Files.writeString(file, csv);
    } catch (IOException e) {
      throw new SpecException("file", file, "a file that can be written");
    }
  }

  private static String csv(List<Cpu> cpus) {
    var text = new StringBuilder("cpu,late_micros\n");
    for (Cpu cpu : cpus) {
      String number = cpu.set.toString().replaceAll("[{}]", "");
      Arrays.stream(cpu.lateNanos, 0, cpu.count)
          .forEach(late -> text.append(number).append(',').append(late / MICRO).append('\n'));
    }
    return text.toString();
  }
}
