package shedlab.servers.peers;

import com.alibaba.csp.sentinel.AsyncEntry;
import com.alibaba.csp.sentinel.EntryType;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.system.SystemRule;
import com.alibaba.csp.sentinel.slots.system.SystemRuleManager;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.admission.Limiter;
import shedlab.admission.LimiterGate;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;
import shedlab.strategy.Whole;

/**
 * Alibaba Sentinel's system rule: blocks inbound calls while the machine or this JVM is beyond any
 * of its thresholds. All are off by default, so the defaults shed nothing. CPU, rate and response
 * time open and close it for a second, over which they are measured: above the capacity it
 * alternates between admitting all and none. The tuned profile therefore sets {@code threads}: four
 * times the workers in flight.
 *
 * <p>The rules and the counts they look at are static: there is one for each JVM, the last one made
 * counts, and a second gate would share its counts. A server process has one gate. The check comes
 * before the count and is {@code in flight > threads}, so {@code threads + 1} may be in flight, and
 * more when several threads ask at once.
 */
final class SentinelSystemRule implements Limiter {
  private static final String RESOURCE = "work";
  private static final double OFF = -1;

  private static final Parameter<Double> CPU =
      Parameter.real("cpu", "highest CPU use of machine or process; 0: off", 0, 1).defaultsTo(0.0);
  private static final Parameter<Double> LOAD =
      Parameter.real("load", "load average from which BBR's check counts; 0: off", 0, 10_000)
          .defaultsTo(0.0);
  private static final Parameter<Double> QPS =
      Parameter.real("qps", "highest rate of admissions; 0: off", 0, 1e9).defaultsTo(0.0);
  private static final Parameter<Integer> RT =
      Parameter.integer("rt", "highest mean response time in ms; 0: off", 0, 1_000_000)
          .defaultsTo(0);
  private static final Parameter<Integer> THREADS =
      Parameter.integer(
              "threads", "most calls in flight that do not block the next; 0: off", 0, 1_000_000)
          .defaultsTo(0);

  /** {@code sentinel-system:cpu=0.0,load=0.0,qps=0.0,rt=0,threads=0}. */
  static final Definition<Whole> DEFINITION =
      new Definition<Whole>(
              "sentinel-system",
              "blocks while CPU, load, rate, response time or calls in flight are too high",
              "Alibaba Sentinel SystemRule",
              spec -> (clock, cpu) -> new LimiterGate(new SentinelSystemRule(spec), clock),
              CPU,
              LOAD,
              QPS,
              RT,
              THREADS)
          .tuned(target -> List.of(THREADS.at(4 * target.workers() - 1)));

  private final int threads;

  private SentinelSystemRule(Spec spec) {
    threads = spec.get(THREADS);
    SystemRule rule = new SystemRule();
    rule.setHighestCpuUsage(orOff(spec.get(CPU)));
    rule.setHighestSystemLoad(orOff(spec.get(LOAD)));
    rule.setQps(orOff(spec.get(QPS)));
    rule.setAvgRt((long) orOff(spec.get(RT)));
    rule.setMaxThread((long) orOff(threads));
    quietly(() -> SystemRuleManager.loadRules(List.of(rule)));
  }

  private static double orOff(double threshold) {
    return threshold > 0 ? threshold : OFF;
  }

  /**
   * Sentinel greets on standard output when its classes are loaded, where our first line must be
   * the configuration; and it logs into the home directory.
   */
  private static void quietly(Runnable loading) {
    Path logs = Path.of(System.getProperty("java.io.tmpdir"), "shedlab-sentinel");
    System.setProperty("csp.sentinel.log.dir", logs.toString());
    System.setProperty("csp.sentinel.metric.flush.interval", "0");
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false));
    try {
      loading.run();
    } finally {
      System.setOut(out);
    }
  }

  @Override
  public @Nullable Permit acquire(Ticket ticket) {
    try {
      AsyncEntry entry = SphU.asyncEntry(RESOURCE, EntryType.IN);
      return outcome -> entry.exit();
    } catch (BlockException e) { // how Sentinel refuses; it has no stack trace
      return null;
    }
  }

  @Override
  public int limit() {
    return threads > 0 ? threads + 1 : Limit.MAX;
  }
}
