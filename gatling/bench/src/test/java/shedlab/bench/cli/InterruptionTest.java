package shedlab.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Injector;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;

class InterruptionTest {
  /** As an engine that answers and removes nothing. */
  private static final class Stubborn implements Host {
    @Override
    public String kind() {
      return "containers";
    }

    @Override
    public String image() {
      return "";
    }

    @Override
    public Map<String, String> facts() {
      return Map.of();
    }

    @Override
    public RunningServer startServer(ServerSettings settings) {
      throw new HostException("server", "none", "another host");
    }

    @Override
    public Injector injector() {
      throw new HostException("injector", "none", "another host");
    }

    @Override
    public Map<String, SortedMap<Integer, Histogram>> wakeUps(Duration time) {
      return Map.of();
    }

    @Override
    public void dropInjector() {}

    @Override
    public void close() {
      throw new HostException("docker", "busy", "to remove this run's containers");
    }
  }

  @Test
  void whatWasKeptIsSaidEvenIfTheHostCannotBeClosed() throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    var out = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(errors, true, UTF_8));
    try {
      var interruption =
          new Interruption(
              () -> stopped.set(true),
              new Stubborn(),
              () -> "Stopped: 3 of 9 cells are kept.",
              new PrintStream(out, true, UTF_8));
      interruption.start();
      interruption.join();
    } finally {
      System.setErr(before);
    }

    assertThat(stopped).isTrue();
    assertThat(out.toString(UTF_8)).isEqualTo("\nStopped: 3 of 9 cells are kept.\n");
    assertThat(errors.toString(UTF_8))
        .isEqualTo("shedlab: docker: busy (expected: to remove this run's containers)\n");
  }
}
