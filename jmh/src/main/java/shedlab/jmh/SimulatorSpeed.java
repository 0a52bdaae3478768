package shedlab.jmh;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Balancer;
import shedlab.simulation.Result;
import shedlab.simulation.ServerModel;
import shedlab.simulation.Simulation;
import shedlab.strategy.Strategies;

/**
 * How many requests the simulator simulates per second of its own, on the one thread it has.
 *
 * <p><b>Measured.</b> Whole runs at twice the capacity, everything included: arrivals, sizes, the
 * gate, the CPU, the counts. One server of 64 cores, then a thousand of 8 cores behind each
 * balancer. A request is an arrival, admitted or not. The first run of a kind warms the JVM up; all
 * are shown.
 *
 * <p>How to run: {@code java -cp jmh.jar shedlab.jmh.SimulatorSpeed}.
 */
public final class SimulatorSpeed {
  private static final double LOAD = 2;

  private SimulatorSpeed() {}

  /** See the class. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    out.println("strategy                         servers  cores  service  simulated   requests     took  requests/s");
    for (int i = 0; i < 4; i++) {
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
    Result result =
        Simulation.of(Strategies.builtIn().parse(strategy), server, law)
            .load(LoadProfile.constant(LOAD * capacity, seconds))
            .fleet(servers, balancer)
            .deadline(Duration.ofSeconds(1))
            .run();
    double took = (System.nanoTime() - begin) / 1e9;
    long requests = result.requests().offered();
    out.printf(
        Locale.ROOT,
        "%-32s %8d %6d %5d ms %8d s %,10d %6.2f s %,11.0f  %s%n",
        result.strategy(),
        servers,
        cores,
        serviceMillis,
        seconds,
        requests,
        took,
        requests / took,
        servers == 1 ? "" : balancer);
  }
}
