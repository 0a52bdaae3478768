package shedlab.servers.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.servers.host.ServerConfig;

/**
 * The endpoint under test, whatever server it is on: the only place with routing and status
 * mapping. Owns the workers and the housekeeper; the gate decides on the thread that calls {@link
 * #handle}.
 */
public final class Endpoint {
  private final CurrentGate gate;
  private final int taskUnits;
  private final Workers workers;
  private final Responder responder = new Responder();
  private final Housekeeper housekeeper;
  private final Telemetry telemetry;
  private final Call.Context context;
  private final LongAdder received = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final int compilerNiceWanted;
  private int compilerNice;
  private volatile boolean draining;

  /**
   * An endpoint that is not started.
   *
   * @param fresh makes a gate that has learnt nothing: the first, and one for each reset
   * @param task the CPU work: from units to checksum
   * @throws IOException if the samples cannot be written
   */
  public Endpoint(ServerConfig config, Supplier<Admission> fresh, IntToLongFunction task)
      throws IOException {
    this.gate = new CurrentGate(fresh);
    this.taskUnits = config.taskUnits();
    this.compilerNiceWanted = config.compilerNice();
    workers = new Workers(config.workers(), config.workerNice());
    telemetry = new Telemetry(gate, workers, received, completed, refused);
    @Nullable Sampler sampler =
        config.samples() == null ? null : new Sampler(telemetry, config.samples());
    housekeeper = new Housekeeper(gate, config.tickMillis(), sampler, config.sampleMillis());
    context = new Call.Context(gate, task, workers, responder, completed);
  }

  /** Starts the threads; returns when the workers have their priority. */
  public void start() throws InterruptedException {
    compilerNice = ThreadPriority.lowerCompilers(compilerNiceWanted);
    workers.start();
    responder.start();
    housekeeper.start();
  }

  /** Answers a request, now or later. Called on the I/O thread that parsed it; never blocks. */
  public void handle(Exchange exchange) {
    switch (exchange.path()) {
      case "/work" -> {
        if (allowed(exchange)) {
          work(exchange);
        }
      }
      case "/healthz" -> {
        if (allowed(exchange)) {
          exchange.reply(Reply.HEALTHY);
        }
      }
      case "/metrics" -> {
        if (allowed(exchange)) {
          exchange.reply(Reply.metrics(telemetry.prometheus()));
        }
      }
      case "/reset" -> {
        if (exchange.method().equals("POST")) {
          exchange.reply(reset());
        } else {
          exchange.reply(Reply.POST_ONLY);
        }
      }
      default -> exchange.reply(Reply.NOT_FOUND);
    }
  }

  private static boolean allowed(Exchange exchange) {
    String method = exchange.method();
    if (method.equals("GET") || method.equals("HEAD")) {
      return true;
    }
    exchange.reply(Reply.GET_ONLY);
    return false;
  }

  /**
   * Makes the strategy forget: a load of other tasks, such as a warm-up, would have taught it a
   * false baseline. Counters go on. What a strategy shares with the whole JVM stays (Sentinel's
   * counts of the last second); a server's own limiter learns nothing, so idle it is like new.
   */
  private synchronized Reply reset() {
    long underWay = underWay();
    if (underWay > 0) {
      return Reply.busy(underWay);
    }
    gate.replace();
    return Reply.RESET;
  }

  /** Received and not ended. Never 0 if there is one: what has ended is read first. */
  private long underWay() {
    GateStats now = gate.stats();
    long ended = now.shedTotal() + completed.sum();
    return Math.max(received.sum() - ended, now.inflight() + now.waiting());
  }

  private void work(Exchange exchange) {
    Call call;
    try {
      call = new Call(context, exchange, WorkQuery.units(exchange.query(), taskUnits));
    } catch (IllegalArgumentException e) {
      exchange.reply(Reply.badRequest(String.valueOf(e.getMessage())));
      return;
    }
    if (draining) {
      refused.increment();
      exchange.reply(Reply.DRAINING);
      return;
    }
    received.increment();
    if (call.gate() instanceof OwnLimit own) {
      own.arrive();
      long since = System.nanoTime();
      exchange.passOwnLimit(
          () -> call.enterAfter(System.nanoTime() - since),
          () -> {
            own.refuse();
            exchange.reply(Reply.shed(Shed.FULL));
          });
      return;
    }
    call.enterAfter(0);
    if (call.waits()) {
      exchange.onClosed(call::abandon);
    }
  }

  /** What the server's own limiter must be set to; null if it has to stay out of the way. */
  public @Nullable OwnLimit ownLimit() {
    return gate.get() instanceof OwnLimit own ? own : null;
  }

  /** The gate at a glance. */
  public GateStats stats() {
    return gate.stats();
  }

  /** The nice value the workers really have; if they differ, the smallest. */
  public int workerNice() {
    return workers.nice();
  }

  /** The nice value the JVM's compiler threads really have; if they differ, the smallest. */
  public int compilerNice() {
    return compilerNice;
  }

  /** From now on new work is refused; what is waiting or in flight goes on. */
  public void startDraining() {
    draining = true;
  }

  /** Waits until nothing is in flight or waiting; false if that takes longer than {@code most}. */
  public boolean awaitIdle(Duration most) {
    long deadline = System.nanoTime() + most.toNanos();
    while (true) {
      if (underWay() == 0) {
        return true;
      }
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Hands the replies that are due to the server, and ends the threads. */
  public void close() throws InterruptedException {
    workers.close();
    responder.close();
    housekeeper.close();
  }

  /** A reason as it is written in headers and metrics. */
  static String word(Shed reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
