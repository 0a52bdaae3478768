package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Waiting.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import shedlab.admission.GateStats;
import shedlab.servers.host.ServerConfig;

/** A server with one permit and two places to wait, fresh for each test. */
@Timeout(60)
abstract class ServerFixture {
  static final String HELD = "/work?units=" + HeldTask.HELD;

  private final ServerKind kind;
  private final List<Connection> open = new ArrayList<>();
  HeldTask task = new HeldTask();
  Service service;

  ServerFixture(ServerKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void start() throws Exception {
    restart(Configs.with("fixed:limit=1+fifo:capacity=2,timeout=1min"));
  }

  final void restart(String strategy) throws Exception {
    restart(Configs.with(strategy));
  }

  final void restart(ServerConfig config) throws Exception {
    if (service != null) {
      service.close();
    }
    task = new HeldTask();
    service = Service.start(kind, config, task::run);
  }

  @AfterEach
  void stop() throws Exception {
    task.release();
    for (Connection connection : open) {
      connection.close();
    }
    service.close();
  }

  final Connection connect() throws Exception {
    Connection connection = Connection.to(service.port());
    open.add(connection);
    return connection;
  }

  /** Holds the only permit. */
  final Connection occupy() throws Exception {
    int before = task.begun.get();
    Connection holder = connect().get(HELD);
    await("the work has begun").until(() -> task.begun.get() > before);
    return holder;
  }

  /** Holds the permit and both places to wait. */
  final Connection fill() throws Exception {
    Connection holder = occupy();
    connect().get("/work");
    connect().get("/work");
    await("two wait").until(() -> service.stats().waiting() == 2);
    return holder;
  }

  /** Nobody in flight and nobody waiting, in one reading. */
  final boolean isIdle() {
    GateStats now = service.stats();
    return now.inflight() == 0 && now.waiting() == 0;
  }

  /** The statuses of so many small tasks, one after the other. */
  static int[] statuses(Connection connection, int requests) {
    int[] statuses = new int[requests];
    try {
      for (int i = 0; i < requests; i++) {
        statuses[i] = connection.get("/work?units=" + (i % 7 + 1) * 20).read().status();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return statuses;
  }

  final void isServing() throws Exception {
    assertThat(Connection.get(service.port(), "/work?units=3").status()).isEqualTo(200);
    assertThat(isIdle()).isTrue();
  }
}
