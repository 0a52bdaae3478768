package shedlab.servers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A neighbour that takes CPU from a server which it shares its CPUs with. In each period of 10 ms
 * it computes until it has had its share, measured by its own CPU time: so much is gone, whoever
 * else wants the CPU. At normal priority it gets that because it has many threads: the scheduler
 * shares among those that are ready. Ends when its standard input does, so it cannot outlive its
 * starter.
 */
@Command(
    name = "antagonist",
    description = "Takes CPU from whoever shares its CPUs, until its standard input ends.")
final class AntagonistCommand implements Callable<Integer> {
  private static final int THREADS_PER_CPU = 32;
  private static final long PERIOD_NANOS = 10_000_000;
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,6})?");

  @Option(names = "--cores", description = "how many cores' worth; may be a fraction")
  private String cores = "";

  @Override
  public Integer call() throws IOException {
    double wanted = DECIMAL.matcher(cores).matches() ? Double.parseDouble(cores) : 0;
    int cpus = Runtime.getRuntime().availableProcessors();
    if (wanted <= 0 || wanted > cpus) {
      throw Refusal.of("cores", cores, "a number above 0 and up to the CPUs, " + cpus);
    }
    int threads = THREADS_PER_CPU * cpus;
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> burn(wanted / threads), "shedlab-antagonist-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("{\"ready\":true,\"cores\":" + wanted + "}");
    System.out.flush();
    while (System.in.read() >= 0) {
      // whatever it says: only the end counts
    }
    return 0;
  }

  /**
   * Computes for so large a share of each period; what a period lacked is made up for in the next.
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
