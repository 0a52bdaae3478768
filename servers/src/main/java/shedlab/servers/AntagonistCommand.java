package shedlab.servers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import shedlab.spec.SpecException;

/**
 * A process that takes CPU time from a server on the same CPUs. In each period of 10 ms it computes
 * until its own CPU time has reached its share. It gets that share at normal priority because it
 * has many threads: the scheduler divides a CPU among the threads that are ready. It ends when its
 * standard input does, so it cannot outlive the process that started it.
 */
@Command(
    name = "antagonist",
    description = "Takes CPU time from other processes until its standard input ends.")
final class AntagonistCommand implements Callable<Integer> {
  private static final int THREADS_PER_CPU = 32;
  private static final long PERIOD_NANOS = 10_000_000;
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,6})?");

  @Option(
      names = "--cores",
      required = true,
      converter = Cores.class,
      description = "CPU time to take, in cores; may be a fraction (required)")
  private double cores;

  /** Reads how many cores to take. */
  static final class Cores implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double cores = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : 0;
      int cpus = Runtime.getRuntime().availableProcessors();
      SpecException.check(
          cores > 0 && cores <= cpus,
          "cores",
          text,
          "a number above 0 and up to the CPUs, " + cpus);
      return cores;
    }
  }

  @Override
  public Integer call() throws IOException {
    double wanted = cores;
    int threads = THREADS_PER_CPU * Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> burn(wanted / threads), "shedlab-antagonist-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("{\"ready\":true,\"cores\":" + wanted + "}");
    System.out.flush();
    while (System.in.read() >= 0) {
      // only the end of the input matters
    }
    return 0;
  }

  /**
   * Computes for this share of each period; a period that fell short is made up for in the next.
   */
  private static void burn(double share) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long had = threads.getCurrentThreadCpuTime();
    for (long end = PERIOD_NANOS; ; end += PERIOD_NANOS) {
      long goal = had + (long) (share * end);
      while (threads.getCurrentThreadCpuTime() < goal) {
        Thread.onSpinWait();
      }
      for (long left = end - (System.nanoTime() - start); left > 0; ) {
        LockSupport.parkNanos(left);
        left = end - (System.nanoTime() - start);
      }
    }
  }
}
