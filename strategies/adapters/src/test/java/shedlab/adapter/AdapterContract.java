package shedlab.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import shedlab.admission.DryRun;
import shedlab.admission.GateStats;
import shedlab.admission.HostView;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.strategy.Strategies;

/** What every adapter does, with the server of its example and requests over HTTP. */
interface AdapterContract {
  /** The adapter's example, on a free port. */
  Running start(ServiceGate gate, Service service) throws Exception;

  @Test
  default void anAdmittedRequestIsServed() throws Exception {
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1");
        Running server = start(gate, path -> 200)) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> response = server.ask("/hello").join();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("/hello");
        await("its permit returns", () -> idle(gate));
      }
      assertThat(gate.admission().stats().admitted()).isEqualTo(3);
    }
  }

  @Test
  default void beyondTheLimitTheAnswerIs429AndSaysWhenToTryAgain() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1");
        Running server = start(gate, work)) {
      var first = server.ask("/first");
      await("the first is at work", () -> work.atWork() == 1);
      HttpResponse<String> second = server.ask("/second").join();

      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(second.body()).isEmpty();
      assertThat(gate.admission().stats().shed()).containsEntry(Shed.LIMIT, 1L);
      work.end(1);
      assertThat(first.join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  default void aRequestThatWaitsIsServedWhenAPermitIsFree() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1+fifo:capacity=4,timeout=60min");
        Running server = start(gate, work)) {
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        asked.add(server.ask("/" + i));
      }
      await("two wait", () -> gate.admission().stats().waiting() == 2);
      await("one is at work", () -> work.atWork() == 1);
      work.end(3);

      for (int i = 0; i < 3; i++) {
        assertThat(asked.get(i).join().statusCode()).isEqualTo(200);
        assertThat(asked.get(i).join().body()).isEqualTo("/" + i);
      }
      await("all permits return", () -> idle(gate));
      assertThat(gate.admission().stats().admitted()).isEqualTo(3);
    }
  }

  @Test
  default void aRequestThatWaitsTooLongIsRefusedThoughNothingElseHappens() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1+fifo:capacity=4,timeout=20ms");
        Running server = start(gate, work)) {
      var first = server.ask("/first");
      await("the first is at work", () -> work.atWork() == 1);
      HttpResponse<String> second = server.ask("/second").join();

      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(gate.admission().stats().shed()).containsEntry(Shed.EXPIRED, 1L);
      work.end(1);
      assertThat(first.join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  default void theStatusTellsTheGateWhatToLearn() throws Exception {
    Recorded admission = recorded("fixed:limit=1");
    try (ServiceGate gate = new ServiceGate(admission, 1, headers -> Attributes.NONE);
        Running server = start(gate, path -> Integer.parseInt(path.substring(1)))) {
      for (String path : List.of("/200", "/404", "/500", "/503")) {
        assertThat("/" + server.ask(path).join().statusCode()).isEqualTo(path);
        await("its permit returns", () -> idle(gate));
      }

      assertThat(admission.starts()).isEqualTo(4);
      assertThat(admission.outcomes())
          .containsExactly(Outcome.SUCCESS, Outcome.IGNORED, Outcome.IGNORED, Outcome.DROPPED);
    }
  }

  @Test
  default void aServiceThatThrowsGivesItsPermitBackAndTeachesNothing() throws Exception {
    Recorded admission = recorded("fixed:limit=1");
    Service broken =
        path -> {
          throw new IllegalStateException("a bug");
        };
    try (ServiceGate gate = new ServiceGate(admission, 1, headers -> Attributes.NONE);
        Running server = start(gate, broken)) {
      for (int i = 0; i < 2; i++) {
        assertThat(server.ask("/").join().statusCode()).isEqualTo(500);
        await("its permit returns", () -> idle(gate));
      }

      assertThat(admission.outcomes()).containsExactly(Outcome.IGNORED, Outcome.IGNORED);
    }
  }

  @Test
  default void aClientThatLeavesWhileItWaitsTakesNoPermitWithIt() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1+fifo:capacity=4,timeout=60min");
        Running server = start(gate, work)) {
      var first = server.ask("/first");
      await("the first is at work", () -> work.atWork() == 1);
      try (Socket leaving = server.send("/leaving")) {
        await("it waits", () -> gate.admission().stats().waiting() == 1);
        leaving.setSoLinger(true, 0); // a reset
      }
      work.end(2);

      assertThat(first.join().statusCode()).isEqualTo(200);
      await("all permits return", () -> idle(gate));
      work.end(1);
      assertThat(server.ask("/next").join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  default void aClientThatLeavesWhileItIsServedTakesNoPermitWithIt() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1");
        Running server = start(gate, work)) {
      try (Socket leaving = server.send("/leaving")) {
        await("it is at work", () -> work.atWork() == 1);
        leaving.setSoLinger(true, 0);
      }
      work.end(1);

      await("its permit returns", () -> idle(gate));
      work.end(1);
      assertThat(server.ask("/next").join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  default void noAnswerOvertakesAnEarlierOneOfItsConnection() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.of("fixed:limit=1");
        Running server = start(gate, work);
        Socket pipelining = server.send("/a", "/b", "/c")) {
      await("the first is at work", () -> work.atWork() == 1);
      work.end(3);
      String answers = Running.all(pipelining);

      assertThat(found("HTTP/1.1 (\\d+)", answers)).containsExactly("200", "200", "200");
      assertThat(found("\r\n\r\n(/.)", answers)).containsExactly("/a", "/b", "/c");
      await("all permits return", () -> idle(gate));
    }
  }

  @Test
  default void manyClientsAtOnceLoseNoPermit() throws Exception {
    int requests = 400;
    Service spins =
        path -> {
          for (int i = ThreadLocalRandom.current().nextInt(100_000); i > 0; i--) {
            Thread.onSpinWait();
          }
          return 200;
        };
    try (ServiceGate gate = ServiceGate.of("fixed:limit=2+fifo:capacity=4,timeout=5ms");
        Running server = start(gate, spins)) {
      List<Integer> statuses = new ArrayList<>();
      for (int batch = 0; batch < requests / 20; batch++) {
        IntStream.range(0, 20)
            .mapToObj(i -> server.ask("/" + i))
            .toList()
            .forEach(response -> statuses.add(response.join().statusCode()));
      }

      await("all permits return", () -> idle(gate));
      GateStats stats = gate.admission().stats();
      assertThat(statuses).hasSize(requests).containsOnly(200, 429);
      assertThat(stats.admitted()).isEqualTo(statuses.stream().filter(s -> s == 200).count());
      assertThat(stats.admitted() + stats.shedTotal()).isEqualTo(requests);
    }
  }

  @Test
  default void aDryRunLetsEverybodyInAndCounts() throws Exception {
    Held work = new Held();
    try (ServiceGate gate = ServiceGate.dryRun("fixed:limit=1");
        Running server = start(gate, work)) {
      var first = server.ask("/first");
      await("the first is at work", () -> work.atWork() == 1);
      var second = server.ask("/second");
      await("the second is at work too", () -> work.atWork() == 2);

      DryRun dryRun = (DryRun) gate.admission();
      assertThat(dryRun.beyond()).isEqualTo(1);
      assertThat(dryRun.stats().inflight()).isEqualTo(1);
      work.end(2);
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(second.join().statusCode()).isEqualTo(200);
      await("all permits return", () -> idle(gate) && dryRun.beyond() == 0);
      assertThat(dryRun.stats().admitted()).isEqualTo(1);
      assertThat(dryRun.stats().shed()).containsEntry(Shed.LIMIT, 1L);
    }
  }

  @Test
  default void aStrategyKnowsWhatTheRequestSays() throws Exception {
    Attributes.Reader reader =
        headers -> {
          String millis = headers.get("my-budget");
          return millis == null
              ? Attributes.NONE
              : new Attributes(3, Long.parseLong(millis) * 1_000_000, 0, 0);
        };
    try (ServiceGate gate = new ServiceGate(recorded("deadline+fixed:limit=1"), 7, reader);
        Running server = start(gate, path -> 200)) {
      HttpResponse<String> late = server.ask("/", "My-Budget", "0").join();

      assertThat(late.statusCode()).isEqualTo(429);
      assertThat(late.headers().firstValue("Retry-After")).hasValue("7");
      assertThat(server.ask("/", "My-Budget", "60000").join().statusCode()).isEqualTo(200);
      await("its permit returns", () -> idle(gate));
      assertThat(server.ask("/").join().statusCode()).isEqualTo(200);
    }
  }

  /** An admission that writes down what it is told. */
  static Recorded recorded(String strategy) {
    return new Recorded(
        Strategies.builtIn().parse(strategy).admission(NanoClock.SYSTEM, HostView.NONE));
  }

  /** Nothing waits, and all permits have returned. */
  static boolean idle(ServiceGate gate) {
    GateStats stats = gate.admission().stats();
    return stats.inflight() == 0 && stats.waiting() == 0;
  }

  /** Waits for it, 15 s at most. */
  static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(15))
        .until(condition);
  }

  /** The first group of every match. */
  static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
