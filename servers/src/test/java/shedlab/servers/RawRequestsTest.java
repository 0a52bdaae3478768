package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.admission.GateStats;
import shedlab.task.CpuTask;

/** The same bytes get the same answer on every server: the one in raw-requests.txt. */
@Timeout(60)
final class RawRequestsTest {
  private static final Map<ServerKind, Service> STARTED = new EnumMap<>(ServerKind.class);

  private static Service service(ServerKind kind) throws Exception {
    Service started = STARTED.get(kind);
    if (started == null) {
      started = Service.start(kind, Configs.with("fixed:limit=4"), CpuTask::run);
      STARTED.put(kind, started);
    }
    return started;
  }

  @AfterAll
  static void stop() throws Exception {
    for (Service service : STARTED.values()) {
      service.close();
    }
    STARTED.clear();
  }

  static Stream<Arguments> requests() throws IOException {
    List<RawRequest> all = RawRequest.all();
    return Arrays.stream(ServerKind.values())
        .flatMap(kind -> all.stream().map(request -> Arguments.of(kind, request)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void getsItsOneRightAnswer(ServerKind kind, RawRequest request) throws Exception {
    Service service = service(kind);
    assertThat(request.exchange(service.port()))
        .as("%s", request)
        .isEqualTo(request.expected(kind));
    GateStats after = service.stats();
    assertThat(after.inflight()).as("permits taken").isZero();
    assertThat(service.deadThread()).isNull();
  }

  @Test
  void theTableIsLargeAndItsExceptionsAreFew() throws Exception {
    List<RawRequest> all = RawRequest.all();
    assertThat(all).hasSizeGreaterThan(100);
    assertThat(all.stream().filter(request -> !request.exceptions().isEmpty())).hasSizeLessThan(9);
  }
}
