package shedlab.bench.refusals.h2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.bench.refusals.h2.H2load.Protocol;

class H2loadTest {
  @Test
  void keptConnectionsAskAgainAtOnce() {
    assertThat(H2load.kept(Protocol.H2, 8080, "/work", 32, 10, 2))
        .containsExactly("h2load", "-t1", "-c32", "-m10", "-D2", "https://127.0.0.1:8080/work");
    assertThat(H2load.kept(Protocol.HTTP, 8080, "/work", 32, 1, 2))
        .containsExactly(
            "h2load", "-t1", "--h1", "-c32", "-m1", "-D2", "http://127.0.0.1:8080/work");
  }

  @Test
  void eachNewConnectionAsksOnce() {
    assertThat(H2load.fresh(Protocol.HTTPS, 8080, "/work", 3_000, 2_000))
        .containsExactly(
            "h2load",
            "-t1",
            "--h1",
            "-n3000",
            "-c3000",
            "-r10",
            "--rate-period=5ms",
            "https://127.0.0.1:8080/work");
  }
}
