package shedlab.servers.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.servers.host.Placement;
import shedlab.servers.host.Placement.GateOn;
import shedlab.servers.host.Placement.IoCpu;
import shedlab.servers.host.Placement.TaskOn;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.http.RetryTimes;
import shedlab.servers.threads.CallingThread;
import shedlab.servers.threads.CpuSet;
import shedlab.servers.threads.IoThreads;
import shedlab.servers.threads.Scheduling;
import shedlab.servers.threads.Tasks;
import shedlab.servers.threads.ThreadPriority;

/**
 * The endpoint under test, whatever server it is on: the only place with routing and status
 * mapping. Owns the workers and the housekeeper. The gate decides on the thread that calls {@link
 * #handle}, unless the {@link Placement} says otherwise.
 */
public final class Endpoint {
  private final ResettableGate gate;
  private final int taskUnits;
  private final Placement placement;
  private final IoThreads ioThreads;

  private final Tasks workers;

  /** Runs admitted calls: the workers, or the calling thread if the gate decides there. */
  private final Tasks admitted;

  private final Responder responder;
  private final Housekeeper housekeeper;
  private final Telemetry telemetry;
  private final Call.Context context;
  private final LongAdder received = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final TaskCpu taskCpu = new TaskCpu();
  private final int compilerNiceWanted;
  private int compilerNice;
  private volatile boolean draining;

  /**
   * An endpoint that is not started.
   *
   * @param fresh makes a gate that has learnt nothing: the first, and one for each reset
   * @param off makes a gate without the strategy, for the time in which it is off
   * @param strategies makes what makes gates from a strategy's text; throws {@link
   *     IllegalArgumentException} if this server cannot take it while it runs
   * @param task the CPU work: from units to checksum
   * @throws IOException if the samples cannot be written
   * @throws IllegalArgumentException {@code key: value (expected: rule)} if the placement is not
   *     possible
   */
  public Endpoint(
      ServerConfig config,
      Supplier<Admission> fresh,
      Supplier<Admission> off,
      Function<String, Supplier<Admission>> strategies,
      IntToLongFunction task)
      throws IOException {
    this.gate = new ResettableGate(fresh, off, strategies);
    this.taskUnits = config.taskUnits();
    this.compilerNiceWanted = config.threads().compilerNice();
    placement = config.placement();
    PlacementRules.require(placement, gate.get());
    @Nullable CpuSet cpus = placement.ioCpu() == IoCpu.OWN ? PlacementRules.several() : null;
    ioThreads = new IoThreads(placement.io(), cpus == null ? null : cpus.first());
    responder = new Responder(ioThreads);
    workers = PlacementRules.workers(config, gate.get().limit(), cpus);
    admitted = placement.gateOn() == GateOn.IO ? workers : new CallingThread();
    telemetry = new Telemetry(gate, workers, received, completed, refused, taskCpu);
    @Nullable Sampler sampler =
        config.sampling().file() == null ? null : new Sampler(telemetry, config.sampling().file());
    RetryTimes retryTimes = new RetryTimes(config.retryAfter());
    housekeeper =
        new Housekeeper(
            gate, retryTimes, admitted, config.tickMillis(), sampler, config.sampling().millis());
    Refusals refusals = new Refusals(config.refuseWith(), retryTimes, gate, received);
    context =
        new Call.Context(
            gate, housekeeper, refusals, task, taskCpu, admitted, responder, received, completed);
  }

  /** Starts the threads; returns when the workers have their priority. */
  public void start() throws InterruptedException {
    ioThreads.check();
    compilerNice = ThreadPriority.lowerCompilers(compilerNiceWanted);
    workers.start();
    responder.start();
    housekeeper.start();
  }

  /**
   * Answers a request, now or later. Called on the I/O thread that parsed it. Never blocks, but
   * does the work itself if the placement says so.
   */
  public void handle(Exchange exchange) {
    ioThreads.join();
    switch (exchange.path()) {
      case "/work" -> {
        if (allowed(exchange)) {
          work(exchange);
        }
      }
      case "/healthz" -> {
        if (allowed(exchange)) {
          exchange.reply(draining ? Reply.DRAINING : Reply.HEALTHY);
        }
      }
      case "/metrics" -> {
        if (allowed(exchange)) {
          exchange.reply(Reply.metrics(telemetry.prometheus()));
        }
      }
      case "/reset" -> {
        if (exchange.method().equals("POST")) {
          exchange.reply(reset(exchange.query()));
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
   * Makes the strategy forget what it has learnt: a warm-up with other tasks would have taught it a
   * false baseline. Counters go on. What a strategy shares with the whole JVM stays (Sentinel's
   * counts of the last second); a server's own limiter learns nothing, so it needs no reset.
   *
   * @param query null for a fresh strategy; {@code strategy=off} for none until the next reset;
   *     {@code strategy=TEXT} for another from now on
   */
  private synchronized Reply reset(@Nullable String query) {
    Supplier<Admission> next;
    try {
      next = gate.next(query, placement);
    } catch (IllegalArgumentException e) {
      return Reply.badRequest(String.valueOf(e.getMessage()));
    }
    long underWay = underWay();
    if (underWay > 0) {
      return Reply.busy(underWay);
    }
    gate.replace(next);
    return Reply.RESET;
  }

  /** Calls received and not ended. Never 0 while there is one: what has ended is read first. */
  private long underWay() {
    GateStats now = gate.stats();
    long ended = now.shedTotal() + completed.sum();
    return Math.max(received.sum() - ended, now.inflight() + now.waiting());
  }

  private void work(Exchange exchange) {
    if (draining) {
      refused.increment();
      exchange.reply(Reply.DRAINING);
      return;
    }
    Call call;
    try {
      call = new Call(context, exchange, WorkQuery.units(exchange.query(), taskUnits));
    } catch (IllegalArgumentException e) {
      exchange.reply(Reply.badRequest(String.valueOf(e.getMessage())));
      return;
    }
    if (call.gate() instanceof NativeLimit own) {
      own.arrive();
      long since = System.nanoTime();
      exchange.passNativeLimit(
          () -> call.enterAfter(System.nanoTime() - since),
          () -> {
            own.refuse();
            exchange.reply(context.refusals().onArrival(Shed.FULL));
          });
      return;
    }
    if (placement.gateOn() != GateOn.IO) { // a worker cannot watch the connection
      long since = System.nanoTime();
      workers.submit(
          () -> {
            call.enterAfter(System.nanoTime() - since);
            admitted.settle();
          });
      return;
    }
    call.enterAfter(0);
    admitted.settle();
    if (call.waits()) {
      exchange.onClosed(
          () -> {
            call.abandon();
            admitted.settle();
          });
    }
  }

  /** Whether a new connection is served; else it is closed before anything is read. */
  public boolean takesConnection() {
    return !context.refusals().refusesConnection();
  }

  /** The settings of the server's own limiter; null if it is not used. */
  public @Nullable NativeLimit nativeLimit() {
    return gate.get() instanceof NativeLimit own ? own : null;
  }

  /** The state of the gate. */
  public GateStats stats() {
    return gate.stats();
  }

  /** Which of the endpoint's threads has ended though nobody closed it; null while all run. */
  public @Nullable String deadThread() {
    if (!responder.isAlive()) {
      return "the responder";
    }
    return housekeeper.isAlive() ? workers.deadThread() : "the housekeeper";
  }

  /** How the threads that do the work really are scheduled. */
  public Scheduling worker() {
    return placement.taskOn() == TaskOn.IO ? io() : workers.scheduling();
  }

  /** How the I/O threads really are scheduled. */
  public Scheduling io() {
    return ioThreads.scheduling();
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

  /**
   * Hands the replies that are due to the server, and ends the threads.
   *
   * @param most how long to wait for the server to take the replies
   * @return false if a reply is stuck in the server's code; it, and replies behind it, are missing
   */
  public boolean close(Duration most) throws InterruptedException {
    workers.close();
    boolean handedOver = responder.close(most);
    return housekeeper.close() && handedOver;
  }

  /** A constant as headers, metrics and messages write it. */
  static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
