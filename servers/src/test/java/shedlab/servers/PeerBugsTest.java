package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Waiting.await;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.LifoBlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.RequestLimit;
import io.undertow.server.handlers.RequestLimitingHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shedlab.admission.Backlog;
import shedlab.admission.Gate;
import shedlab.admission.Limit;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.backlog.LifoBacklog;

/** Bugs of concurrency in originals, live, and the same moments in a gate. */
@Timeout(60)
final class PeerBugsTest {
  /**
   * It finds no permit; before it has joined the backlog, the last permit comes home, and finds
   * nobody to wake. So it sleeps for its whole timeout beside a free permit, and is turned away.
   */
  @Test
  void netflixLifoLimiterLosesAWakeUp() {
    Deque<Limiter.Listener> inflight = new ArrayDeque<>();
    Limiter<Integer> one = SimpleLimiter.newBuilder().limit(FixedLimit.of(1)).build();
    Limiter<Integer> racing =
        context -> {
          Optional<Limiter.Listener> permit = one.acquire(context);
          if (permit.isEmpty()) {
            inflight.remove().onSuccess(); // meanwhile, on another thread
          }
          return permit;
        };
    LifoBlockingLimiter<Integer> lifo =
        LifoBlockingLimiter.newBuilder(racing)
            .backlogSize(10)
            .backlogTimeout(20, TimeUnit.MILLISECONDS)
            .build();
    inflight.add(lifo.acquire(1).orElseThrow());

    assertThat(lifo.acquire(2)).as("the permit is free, but it was not told").isEmpty();
    assertThat(lifo.acquire(3)).isPresent();
  }

  /** The same moment: whoever joins counts as waiting before it is in the backlog. */
  @Test
  void aGateTellsWhoeverIsJustAboutToWait() {
    Deque<Visitor> inflight = new ArrayDeque<>();
    Lifo lifo = new Lifo();
    Gate gate = new Gate(new shedlab.limit.FixedLimit(1), lifo, NanoClock.SYSTEM);
    lifo.beforeItJoins = () -> gate.leave(inflight.remove(), Outcome.SUCCESS);
    Visitor first = new Visitor();
    gate.enter(first);
    inflight.add(first);
    Visitor second = new Visitor();
    gate.enter(second);

    assertThat(second.told).containsExactly("admitted");
    assertThat(gate.stats().inflight()).isEqualTo(1);
    gate.leave(second, Outcome.SUCCESS);
    assertThat(gate.stats().inflight()).isZero();
  }

  private static final class Lifo implements Backlog {
    private final Backlog waiting = new LifoBacklog(10, 20_000_000);
    Runnable beforeItJoins = () -> {};

    @Override
    public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
      beforeItJoins.run();
      return waiting.offer(ticket, nowNanos);
    }

    @Override
    public @Nullable Ticket evict(long nowNanos) {
      return waiting.evict(nowNanos);
    }

    @Override
    public @Nullable Ticket poll(long nowNanos) {
      return waiting.poll(nowNanos);
    }

    @Override
    public boolean remove(Ticket ticket) {
      return waiting.remove(ticket);
    }

    @Override
    public int size() {
      return waiting.size();
    }

    @Override
    public boolean full() {
      return waiting.full();
    }
  }

  /** A request that waits when the limit is raised never gives back what it is given then. */
  @Test
  void undertowsRequestLimitLeaksAPermitWhenItIsRaised() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    RequestLimit limit = new RequestLimit(1, 10);
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "localhost")
            .setHandler(
                new RequestLimitingHandler(
                    limit,
                    new BlockingHandler(
                        exchange -> {
                          release.await();
                          exchange.setStatusCode(200).endExchange();
                        })))
            .build();
    server.start();
    try {
      URI uri = uriOf(server);
      HttpClient client = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        answers.add(get(client, uri));
      }
      await("one waits").until(() -> queueOf(limit).size() == 1);

      limit.setMaximumConcurrentRequests(2);
      release.countDown();
      for (CompletableFuture<HttpResponse<Void>> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
      assertThat(get(client, uri).get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      await("all but one came home").until(() -> requestsOf(limit) <= 1);
      limit.setMaximumConcurrentRequests(1);
      CompletableFuture<HttpResponse<Void>> last = get(client, uri);
      await("it waits, with nobody in flight").until(() -> queueOf(limit).size() == 1);
      assertThat(requestsOf(limit)).as("requests in flight, it believes").isEqualTo(1);
      assertThat(last).isNotDone();
    } finally {
      release.countDown();
      server.stop();
    }
  }

  /** A gate whose limit rises while somebody waits. */
  @Test
  void aGateGetsEveryPermitBackWhenItsLimitIsRaised() {
    Settable limit = new Settable();
    Gate gate = new Gate(limit, new LifoBacklog(10, 1_000_000_000), NanoClock.SYSTEM);
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Visitor visitor = new Visitor();
      visitors.add(visitor);
      gate.enter(visitor);
    }
    limit.value = 3;
    gate.leave(visitors.get(0), Outcome.SUCCESS);
    assertThat(gate.stats().inflight()).isEqualTo(3);
    limit.value = 1;
    for (Visitor visitor : visitors.subList(1, 4)) {
      assertThat(visitor.told).containsExactly("admitted");
      gate.leave(visitor, Outcome.SUCCESS);
    }
    assertThat(gate.stats().inflight()).isZero();
    Visitor next = new Visitor();
    gate.enter(next);
    assertThat(next.told).containsExactly("admitted");
  }

  private static final class Settable implements Limit {
    int value = 1;

    @Override
    public int initial() {
      return value;
    }

    @Override
    public int next(int before, Sample sample) {
      return value;
    }
  }

  private static final class Visitor extends Ticket {
    final List<String> told = new ArrayList<>();

    @Override
    protected void onAdmitted() {
      told.add("admitted");
    }

    @Override
    protected void onShed(Shed reason) {
      told.add(reason.toString());
    }
  }

  private static CompletableFuture<HttpResponse<Void>> get(HttpClient client, URI uri) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static URI uriOf(Undertow server) {
    int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    return URI.create("http://localhost:" + port + "/");
  }

  private static int requestsOf(RequestLimit limit) throws ReflectiveOperationException {
    return (int) field("requests", int.class).get(limit);
  }

  private static Queue<?> queueOf(RequestLimit limit) throws ReflectiveOperationException {
    return (Queue<?>) field("queue", Queue.class).get(limit);
  }

  private static VarHandle field(String name, Class<?> type) throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(RequestLimit.class, MethodHandles.lookup())
        .findVarHandle(RequestLimit.class, name, type);
  }
}
