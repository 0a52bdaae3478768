package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Waiting.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.servers.Connection.Answer;

/** Other people's limiters keep the same contract, over real sockets. */
@Timeout(60)
final class PeersTest {
  private static final int LIMIT = 4;
  private static final int CLIENTS = 16;
  private static final int REQUESTS = 20; // of each client; few, because every limiter is tested

  /** Each allows four in flight, and keeps to that whatever it learns. */
  private static final List<String> LIMITS =
      List.of(
          "netflix-fixed:limit=4",
          "netflix-aimd:initial=4,min=4,max=4",
          "netflix-vegas:initial=4,max=4",
          "netflix-gradient:initial=4,max=4",
          "netflix-gradient2:initial=4,min=4,max=4",
          "netflix-aimd-windowed:initial=4,min=4,max=4",
          "netflix-vegas-windowed:initial=4,max=4",
          "netflix-gradient-windowed:initial=4,max=4",
          "netflix-gradient2-windowed:initial=4,min=4,max=4",
          "resilience4j-bulkhead:limit=4",
          "failsafe-bulkhead:limit=4",
          "sentinel-system:threads=3",
          "quarkus-load-shedding:initial=4,max=4,priority=off");

  private static final String NATIVE = "native:limit=4,queue=2";

  private volatile HeldTask task = new HeldTask();
  private final List<Connection> open = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // every test begins with it
  private Service service;

  /** The same, on a JDK that runs them. */
  private static final List<String> LIMITS_OF_HELIDON =
      List.of("helidon-fixed:limit=4", "helidon-aimd:initial=4,min=4,max=4");

  @BeforeAll
  static void tellWhatIsNotRun() {
    if (!NewerJdk.isHere()) {
      System.out.println("NOT RUN: Helidon's limits on the servers: this JDK is too old for them");
    }
  }

  static Stream<Arguments> limitsOnServers() {
    List<String> limits = new ArrayList<>(LIMITS);
    if (NewerJdk.isHere()) {
      limits.addAll(LIMITS_OF_HELIDON);
    }
    return Arrays.stream(ServerKind.values())
        .flatMap(kind -> limits.stream().map(limit -> Arguments.of(kind, limit)));
  }

  static Stream<Arguments> everythingOnServers() {
    return Stream.concat(
        limitsOnServers(),
        Stream.of(
            Arguments.of(ServerKind.UNDERTOW, NATIVE), Arguments.of(ServerKind.JETTY, NATIVE)));
  }

  private void start(ServerKind kind, String strategy) throws Exception {
    service = Service.start(kind, Configs.with(strategy), units -> task.run(units));
  }

  @AfterEach
  void stop() throws Exception {
    task.release();
    for (Connection connection : open) {
      connection.close();
    }
    service.close();
  }

  private Connection connect() throws IOException {
    Connection connection = Connection.to(service.port());
    open.add(connection);
    return connection;
  }

  private List<Connection> hold(int count) throws Exception {
    List<Connection> holders = new ArrayList<>();
    int before = service.stats().inflight();
    for (int i = 1; i <= count; i++) {
      int expected = before + i;
      holders.add(connect().get("/work?units=" + HeldTask.HELD));
      await("one more in flight").until(() -> service.stats().inflight() == expected);
    }
    return holders;
  }

  private void isShed(Connection connection, String reason) throws Exception {
    Answer answer = connection.get("/work").read();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("Shedlab-Reason")).isEqualTo(reason);
    assertThat(answer.body()).isEqualTo("shed\n");
  }

  private boolean isIdle() {
    GateStats now = service.stats();
    return now.inflight() == 0 && now.waiting() == 0;
  }

  @ParameterizedTest
  @MethodSource("limitsOnServers")
  void shedsAtItsLimitAndTakesPermitsBack(ServerKind kind, String strategy) throws Exception {
    start(kind, strategy);
    List<Connection> holders = hold(LIMIT);
    Connection late = connect();
    isShed(late, "limit");
    isShed(late, "limit");
    task.release();
    for (Connection holder : holders) {
      assertThat(holder.read().status()).isEqualTo(200);
    }
    await("permits are home").until(this::isIdle);
    assertThat(late.get("/work?units=1").read().status()).isEqualTo(200);
    assertThat(service.stats().limit()).isEqualTo(LIMIT);
    assertThat(service.stats().shed()).containsEntry(Shed.LIMIT, 2L);
  }

  @ParameterizedTest
  @MethodSource("everythingOnServers")
  void underOverloadCountsAgreeAndNobodyIsInFlightAfterwards(ServerKind kind, String strategy)
      throws Exception {
    start(kind, strategy);
    List<CompletableFuture<long[]>> clients = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    for (int client = 0; client < CLIENTS; client++) {
      Connection connection = connect();
      clients.add(CompletableFuture.supplyAsync(() -> load(connection), threads));
    }
    long[] sum = new long[3];
    for (CompletableFuture<long[]> client : clients) {
      long[] counts = client.get();
      sum[0] += counts[0];
      sum[1] += counts[1];
      sum[2] = Math.max(sum[2], counts[2]);
    }
    threads.shutdown();
    await("permits are home").until(this::isIdle);
    assertThat(sum[0] + sum[1]).isEqualTo(CLIENTS * REQUESTS);
    assertThat(service.stats().admitted()).isEqualTo(sum[0]).isPositive();
    assertThat(service.stats().shedTotal()).isEqualTo(sum[1]).isPositive();
    // These look before they count: each of two I/O threads may let one in.
    boolean late = strategy.startsWith("sentinel") || strategy.startsWith("quarkus");
    assertThat(sum[2]).isBetween(1L, late ? LIMIT + 1L : LIMIT);
    assertThat(connect().get("/work?units=1").read().status()).isEqualTo(200);
  }

  /** How many were answered with 200 and with 429, and the most that were in flight. */
  private static long[] load(Connection connection) {
    long[] counts = new long[3];
    try {
      for (int i = 0; i < REQUESTS; i++) {
        Answer answer = connection.get("/work?units=" + (i % 7 + 1) * 100).read();
        if (answer.status() == 200) {
          counts[0]++;
          counts[2] = Math.max(counts[2], Long.parseLong(answer.header("Shedlab-Inflight")));
        } else if (answer.status() == 429) {
          counts[1]++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counts;
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aRateLimiterAdmitsSoManyInAPeriod(ServerKind kind) throws Exception {
    start(kind, "resilience4j-ratelimiter:limit=3,period=10min");
    Connection connection = connect();
    for (int i = 0; i < 3; i++) {
      assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
    }
    isShed(connection, "limit");
    assertThat(service.stats().inflight()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNDERTOW", "JETTY"})
  void aServersOwnLimiterLetsSomeWaitAndShedsTheRest(ServerKind kind) throws Exception {
    start(kind, NATIVE);
    List<Connection> all = new ArrayList<>(hold(LIMIT));
    for (int i = 1; i <= 2; i++) {
      int expected = i;
      all.add(connect().get("/work?units=1"));
      await("one more waits").until(() -> service.stats().waiting() == expected);
    }
    Connection late = connect();
    isShed(late, "full");
    assertThat(late.get("/metrics").read().body().lines())
        .contains(
            "shedlab_limit 4",
            "shedlab_inflight 4",
            "shedlab_waiting 2",
            "shedlab_received_total 7",
            "shedlab_admitted_total 4",
            "shedlab_shed_total{reason=\"full\"} 1");
    task.release();
    for (Connection connection : all) {
      assertThat(connection.read().status()).isEqualTo(200);
    }
    await("permits are home").until(this::isIdle);
    for (Connection connection : all) {
      assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNDERTOW", "JETTY"})
  void aServersOwnLimiterKeepsItsPermitsWhenClientsLeave(ServerKind kind) throws Exception {
    start(kind, NATIVE);
    List<Connection> holders = hold(LIMIT);
    Connection waiter = connect().get("/work?units=1");
    await("one waits").until(() -> service.stats().waiting() == 1);
    holders.get(0).reset();
    holders.get(1).close();
    waiter.reset();
    task.release();
    await("permits are home").until(this::isIdle);
    task = new HeldTask();
    hold(LIMIT); // none is lost
    connect().get("/work?units=1");
    await("the next one waits").until(() -> service.stats().waiting() == 1); // none is too many
  }
}
