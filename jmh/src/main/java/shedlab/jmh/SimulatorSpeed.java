package shedlab.jmh;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Result;
import shedlab.strategy.Strategies;

/**
 * How many requests the simulator simulates per second of real time, on its one thread.
 *
 * <p><b>Measured.</b> Whole runs at twice the capacity, everything included: arrivals, sizes, the
 * gate, the CPU, the counts. One server of 64 cores, then a thousand of 8 cores behind each
 * balancer, 60 seconds of them. A request is an arrival, admitted or not. The first run of a kind
 * warms the JVM up; all are shown. {@code took} is wall-clock time, {@code CPU} is the thread's CPU
 * time, which is more exact on a busy machine; the rate is per second of CPU time.
 *
 * <p>How to run: {@code java -XX:+UseSerialGC -cp jmh.jar shedlab.jmh.SimulatorSpeed}. There is no
 * garbage to collect, and other collectors make every write of a reference more expensive.
 */
public final class SimulatorSpeed {
  private static final double LOAD = 2;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private SimulatorSpeed() {}

  /** See the class. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    out.println(
        "servers  cores  service  simulated    requests      took       CPU  requests/s  balancer");
    for (int i = 0; i < 3; i++) {
      run(out, "fixed:limit=64+fifo:capacity=256", 1, 64, Balancer.RANDOM, 10, 300);
    }
    for (Balancer balancer : Balancer.values()) {
      run(out, "fixed:limit=8+fifo:capacity=32", 1_000, 8, balancer, 100, 60);
    }
    run(out, "fixed:limit=8+fifo:capacity=32", 1_000, 8, Balancer.RANDOM, 10, 60);
  }

  private static void run(
      PrintStream out,
      String strategy,
      int servers,
      int cores,
      Balancer balancer,
      int serviceMillis,
      int seconds) {
    ServiceLaw law = ServiceLaw.exponential(serviceMillis * 1_000); // units of a microsecond
    ServerModel server = ServerModel.of(cores);
    double capacity = servers * server.capacityPerSecond(law.meanUnits());
    long begin = System.nanoTime();
    long cpuBegin = THREADS.getCurrentThreadCpuTime();
    Result result =
        Simulation.of(Strategies.builtIn().parse(strategy), server, law)
            .load(LoadProfile.constant(LOAD * capacity, seconds))
            .fleet(servers, balancer)
            .deadline(Duration.ofSeconds(1))
            .run();
    double cpu = (THREADS.getCurrentThreadCpuTime() - cpuBegin) / 1e9;
    double took = (System.nanoTime() - begin) / 1e9;
    long requests = result.requests().offered();
    out.printf(
        Locale.ROOT,
        "%7d %6d %5d ms %8d s %,11d %7.2f s %7.2f s %,11.0f  %s%n",
        servers,
        cores,
        serviceMillis,
        seconds,
        requests,
        took,
        cpu,
        requests / cpu,
        servers == 1 ? "-" : balancer);
  }
}
