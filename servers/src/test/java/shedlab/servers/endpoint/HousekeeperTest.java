package shedlab.servers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.retry.RetryAfter;
import shedlab.servers.http.RetryTimes;
import shedlab.servers.threads.CallingThread;
import shedlab.strategy.Strategies;

/** The gate's heartbeat, which only requests that wait need. */
@Timeout(60)
final class HousekeeperTest {
  private static final int BEATS = 200;

  private final Heart resting = new Heart("1min");

  @Test
  void doesNotRestWhileRefusalsTellHowLongTheGateWillTake() throws Exception {
    Heart heart = new Heart("1min", RetryAfter.DRAIN);
    heart.housekeeper.start();
    await().until(() -> heart.beats.get() >= BEATS);
    heart.housekeeper.close();
  }

  @Test
  void beatsWhileARequestWaitsAndRestsWhileNoneDoes() throws Exception {
    Heart beating = new Heart("1min");
    resting.housekeeper.start();
    beating.housekeeper.start();
    beating.waitBehindAnother();
    await().until(() -> beating.beats.get() >= BEATS);
    assertThat(resting.beats.get()).isLessThan(BEATS / 2);
    beating.housekeeper.close();
    resting.housekeeper.close();
  }

  @Test
  void expiresARequestThatCameWhileItRested() throws Exception {
    Heart heart = new Heart("20ms");
    heart.housekeeper.start();
    await().until(() -> heart.beats.get() > 0);
    for (int i = 0; i < 3; i++) {
      Visitor late = heart.waitBehindAnother();
      await().until(() -> late.shed == Shed.EXPIRED);
    }
    heart.housekeeper.close();
  }

  /** A gate whose beats are counted. */
  private static final class Heart implements Admission {
    final AtomicInteger beats = new AtomicInteger();
    final Housekeeper housekeeper;
    private final Admission gate;

    Heart(String timeout) {
      this(timeout, new RetryAfter(1));
    }

    Heart(String timeout, RetryAfter retryAfter) {
      gate =
          Strategies.installed()
              .parse("fixed:limit=1+fifo:capacity=9,timeout=" + timeout)
              .admission(NanoClock.SYSTEM);
      Supplier<Admission> itself = () -> this;
      housekeeper =
          new Housekeeper(
              new ResettableGate(itself, itself, text -> itself),
              new RetryTimes(retryAfter),
              new CallingThread(),
              1,
              null,
              1_000);
    }

    /** As a call does it: it enters, and says so if it waits. */
    Visitor waitBehindAnother() {
      gate.enter(new Visitor());
      Visitor second = new Visitor();
      gate.enter(second);
      housekeeper.watch();
      return second;
    }

    @Override
    public void enter(Ticket ticket) {
      gate.enter(ticket);
    }

    @Override
    public void start(Ticket ticket) {
      gate.start(ticket);
    }

    @Override
    public void leave(Ticket ticket, Outcome outcome) {
      gate.leave(ticket, outcome);
    }

    @Override
    public void tick() {
      beats.incrementAndGet();
      gate.tick();
    }

    @Override
    public int limit() {
      return gate.limit();
    }

    @Override
    public GateStats stats() {
      return gate.stats();
    }
  }

  private static final class Visitor extends Ticket {
    volatile Shed shed = Shed.LIMIT;

    @Override
    protected void onAdmitted() {}

    @Override
    protected void onShed(Shed reason) {
      shed = reason;
    }
  }
}
