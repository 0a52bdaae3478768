package shedlab.servers.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.load.shedding.runtime.PriorityLoadShedding;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Limiter;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

/** The two stages of Quarkus' extension as one, which the pieces for a gate cannot be. */
final class QuarkusLoadSheddingTest {
  private long now;

  /** The extension describes its configuration in a file of its own. */
  @Test
  void ourDefaultsAreTheExtensions() throws Exception {
    Map<String, String> theirs = new HashMap<>();
    String path = "/META-INF/quarkus-config-doc/quarkus-config-model.json";
    try (InputStream model = PriorityLoadShedding.class.getResourceAsStream(path)) {
      for (JsonNode root : new ObjectMapper().readTree(model).path("configRoots")) {
        for (JsonNode item : root.path("items")) {
          theirs.put(item.at("/path/property").asText(), item.path("defaultValue").asText());
        }
      }
    }
    assertThat(theirs).containsEntry("quarkus.load-shedding.priority.enabled", "true");
    assertThat(QuarkusLoadShedding.DEFINITION.parse(""))
        .hasToString(
            "quarkus-load-shedding:initial=%s,max=%s,alpha=%s,beta=%s,probe=%s,priority=on"
                .formatted(
                    theirs.get("quarkus.load-shedding.initial-limit"),
                    theirs.get("quarkus.load-shedding.max-limit"),
                    theirs.get("quarkus.load-shedding.alpha-factor"),
                    theirs.get("quarkus.load-shedding.beta-factor"),
                    theirs.get("quarkus.load-shedding.probe-factor")));
  }

  /**
   * One is in flight, and one may be. Of 640 ranks those up to {@code 640 (1 - load^3)} are spared:
   * at 90 % that is 173, of which the most urgent have the first 128 and the least the last.
   */
  @ParameterizedTest
  @CsvSource({
    "0.0, 0, true", "0.0, 3, true", "0.0, 7, true",
    "0.9, 0, true", "0.9, 3, false", "0.9, 7, false",
    "1.0, 0, false", "1.0, 3, false", "1.0, 7, false"
  })
  void whatTheLimitRefusesIsSparedTheLessTheBusierTheCpu(double load, int urgency, boolean admitted)
      throws Exception {
    QuarkusLoadShedding both = fresh("initial=1,max=1");
    tell(both.shedding(), load);
    enter(both, 3);

    assertThat(both.acquire(new Request(urgency)) != null).isEqualTo(admitted);
    assertThat(both.limit()).isEqualTo(1);
  }

  @Test
  void withoutPrioritiesTheLimitIsKept() throws Exception {
    QuarkusLoadShedding first = fresh("initial=1,max=1,priority=off");
    tell(first.shedding(), 0);
    Limiter.Permit held = enter(first, 0);

    assertThat(first.acquire(new Request(0))).isNull();
    held.release(Outcome.SUCCESS);
    enter(first, 7);
  }

  /** From 10 permits on its step has two digits; while nothing queues, it is beta of them. */
  @Test
  void itLearnsFromEveryOutcomeAndTellsItsLimit() {
    QuarkusLoadShedding vegas = fresh("initial=10,max=50,priority=off");
    Deque<Limiter.Permit> held = new ArrayDeque<>();
    for (int i = 0; i < 10; i++) {
      held.add(enter(vegas, 3));
    }
    now += 20_000_000;
    held.remove().release(Outcome.SUCCESS);
    assertThat(vegas.limit()).as("the first is the baseline").isEqualTo(10);
    held.remove().release(Outcome.DROPPED);
    assertThat(vegas.limit()).isEqualTo(10 + 6 * 2);
  }

  private QuarkusLoadShedding fresh(String arguments) {
    return new QuarkusLoadShedding(QuarkusLoadShedding.DEFINITION.parse(arguments), () -> now);
  }

  private static Limiter.Permit enter(Limiter limiter, int urgency) {
    return Objects.requireNonNull(limiter.acquire(new Request(urgency)));
  }

  /** Instead of the machine's CPU use; it keeps what it was told for a second. */
  private static void tell(PriorityLoadShedding shedding, double load) throws Exception {
    Field os = PriorityLoadShedding.class.getDeclaredField("os");
    os.setAccessible(true);
    os.set(
        shedding,
        Proxy.newProxyInstance(
            QuarkusLoadSheddingTest.class.getClassLoader(),
            new Class<?>[] {os.getType()},
            (proxy, method, arguments) -> load));
  }

  private static final class Request extends Ticket {
    private final int urgency;

    Request(int urgency) {
      this.urgency = urgency;
    }

    @Override
    public int urgency() {
      return urgency;
    }

    @Override
    protected void onAdmitted() {}

    @Override
    protected void onShed(Shed reason) {}
  }
}
