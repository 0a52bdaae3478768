package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.admission.Ticket;
import shedlab.servers.AttributeProbe.Seen;
import shedlab.servers.Connection.Answer;
import shedlab.task.CpuTask;

/** What a request says of itself reaches its ticket, on every server. */
@Timeout(60)
final class AttributesTest {
  @SuppressWarnings("NullAway.Init") // every test begins with it
  private Service service;

  private Seen seen(ServerKind kind, String target, String... fields) throws Exception {
    if (service == null) {
      service = Service.start(kind, Configs.with("test-attributes+none"), CpuTask::run);
    }
    AttributeProbe.SEEN.clear();
    try (Connection connection = Connection.to(service.port())) {
      assertThat(connection.send(request("GET", target, fields)).read().status()).isEqualTo(200);
    }
    return AttributeProbe.SEEN.take();
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void arePassedOn(ServerKind kind) throws Exception {
    Seen silent = seen(kind, "/work?units=1000");
    assertThat(silent.urgency()).isEqualTo(3);
    assertThat(silent.budgetNanos()).isEqualTo(Ticket.NO_DEADLINE);
    assertThat(silent.kind()).isEqualTo(9);
    Seen told = seen(kind, "/work?units=1024", "priority: u=1, i", "SHEDLAB-DEADLINE: 150", "X: y");
    assertThat(told.urgency()).isEqualTo(1);
    assertThat(told.budgetNanos()).isEqualTo(150_000_000);
    assertThat(told.kind()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aClientIsItsNameOrElseItsAddress(ServerKind kind) throws Exception {
    long address = seen(kind, "/work").client();
    assertThat(seen(kind, "/work").client()).isEqualTo(address).isNotZero();
    long anna = seen(kind, "/work", "Shedlab-Client: anna").client();
    assertThat(seen(kind, "/work", "Shedlab-Client: anna").client()).isEqualTo(anna);
    assertThat(seen(kind, "/work", "Shedlab-Client: bert").client()).isNotIn(anna, address);
  }

  /** RFC 9110, 5.3, and RFC 9218: the lines of a field are one list, and its last urgency wins. */
  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void repeatedLinesOfAFieldAreCombined(ServerKind kind) throws Exception {
    assertThat(seen(kind, "/work", "Priority: u=1", "X: y", "priority: u=6").urgency())
        .isEqualTo(6);
    assertThat(seen(kind, "/work", "Priority: u=1", "Priority: i").urgency()).isEqualTo(1);
    assertThat(seen(kind, "/work", "Priority: u=1", "Priority: (").urgency()).isEqualTo(3);
    long both = seen(kind, "/work", "Shedlab-Client: anna", "Shedlab-Client: bert").client();
    assertThat(both).isEqualTo(seen(kind, "/work", "Shedlab-Client: anna, bert").client());
    try (Connection connection = Connection.to(service.port())) {
      connection.send(request("GET", "/work", "Shedlab-Deadline: 10", "Shedlab-Deadline: 20"));
      assertThat(connection.read().body()).startsWith("Shedlab-Deadline: 10, 20 (expected: ");
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aBadDeadlineIsRefusedAndABadPriorityIgnored(ServerKind kind) throws Exception {
    assertThat(seen(kind, "/work", "Priority: urgent!").urgency()).isEqualTo(3);
    try (Connection connection = Connection.to(service.port())) {
      connection.send(request("GET", "/work", "Shedlab-Deadline: soon"));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body())
          .isEqualTo(
              "Shedlab-Deadline: soon (expected: milliseconds, a whole number from 0 to 3600000)\n");
      assertThat(connection.get("/work").read().status()).isEqualTo(200);
    }
  }
}
