package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Waiting.await;

import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shedlab.admission.NanoClock;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.endpoint.Exchange;
import shedlab.servers.endpoint.Reply;
import shedlab.servers.threads.ThreadEnds;
import shedlab.strategy.Strategies;

/** A stop while a thread is stuck in a server's code, which ours calls to reply. */
@Timeout(60)
final class StuckServerTest {
  private final HeldTask task = new HeldTask();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch freed = new CountDownLatch(1);

  @AfterEach
  void free() {
    task.release();
    freed.countDown();
  }

  private Endpoint start(String strategy, @Nullable Path samples) throws Exception {
    Endpoint endpoint =
        new Endpoint(
            Configs.with(strategy, samples),
            () -> Strategies.installed().parse(strategy).admission(NanoClock.SYSTEM),
            () -> Strategies.installed().parse("none").admission(NanoClock.SYSTEM),
            text -> {
              throw new IllegalArgumentException(text);
            },
            task::run);
    endpoint.start();
    return endpoint;
  }

  @Test
  void aWorkersReplyThatDoesNotReturnIsLeftBehind() throws Exception {
    Endpoint endpoint = start("none", null);
    endpoint.handle(new Request("units=1", this::hang));
    stuck.await();

    assertThat(endpoint.close(ThreadEnds.USUALLY)).as("every reply was taken").isFalse();
  }

  @Test
  void aRefusalOfTheHousekeeperThatDoesNotReturnIsLeftBehindAndTheSamplesStay(@TempDir Path folder)
      throws Exception {
    Path samples = folder.resolve("samples.csv");
    Endpoint endpoint = start("fixed:limit=1+fifo:capacity=1,timeout=1ms", samples);
    await("a sample").until(() -> Files.readAllLines(samples).size() > 1);
    List<String> before = Files.readAllLines(samples);
    endpoint.handle(new Request("units=" + HeldTask.HELD, () -> {}));
    endpoint.handle(new Request("units=1", this::hang));
    stuck.await();

    assertThat(endpoint.close(ThreadEnds.USUALLY)).as("every reply was taken").isFalse();
    assertThat(Files.readAllLines(samples)).startsWith(before.toArray(new String[0]));
    assertThat(Files.readString(samples)).endsWith("\n");
  }

  @Test
  void repliesThatAreDueAreHandedOverBeforeTheStop() throws Exception {
    Endpoint endpoint = start("none", null);
    CountDownLatch replies = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      endpoint.handle(new Request("units=1", replies::countDown));
    }
    await("all are done").until(() -> endpoint.stats().inflight() == 0);

    assertThat(endpoint.close(ThreadEnds.USUALLY)).as("every reply was taken").isTrue();
    assertThat(replies.getCount()).isZero();
  }

  private void hang() {
    stuck.countDown();
    boolean free = false;
    while (!free) {
      try {
        freed.await();
        free = true;
      } catch (InterruptedException e) {
        // like a loop without end
      }
    }
  }

  /** A request for work on a server whose code does this when it gets the reply. */
  private record Request(String query, Runnable whenReplied) implements Exchange {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/work";
    }

    @Override
    public @Nullable String field(String name) {
      return null;
    }

    @Override
    public @Nullable SocketAddress remote() {
      return null;
    }

    @Override
    public void reply(Reply reply) {
      whenReplied.run();
    }

    @Override
    public void onClosed(Runnable action) {}
  }
}
