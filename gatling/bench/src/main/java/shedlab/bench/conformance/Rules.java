package shedlab.bench.conformance;

import static shedlab.bench.conformance.Rule.necessary;
import static shedlab.bench.conformance.Rule.robust;
import static shedlab.bench.conformance.Rule.useful;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every rule, in the order in which they are tried: its name, how it is tried, and what becomes of
 * a run if it does not hold. servers/CONTRACT.md has the same rules in words.
 */
final class Rules {
  private static final String UNLIKE = "its work is not that of other servers: nothing is compared";
  private static final String NO_COUNTS =
      "no metrics: the server's counts are missing from the report; client counts are not checked"
          + " against a second witness";

  /** If one of these does not hold, the others are not tried. */
  static final List<Rule> FIRST =
      List.of(
          necessary("health answers 200", WorkRules::health, "a run does not begin"),
          necessary("work is answered", WorkRules::answered, "there is nothing to measure"));

  private static final List<Rule> WORK =
      List.of(
          necessary("1 unit has its checksum", WorkRules.checksum(1), UNLIKE),
          necessary("100 units have their checksum", WorkRules.checksum(100), UNLIKE),
          necessary("1000 units have their checksum", WorkRules.checksum(1_000), UNLIKE),
          necessary(
              "more units take more time",
              WorkRules::growth,
              "the size of a task cannot be set, so 1x means nothing"),
          necessary(
              "a connection serves two requests",
              WorkRules::keptAlive,
              "a new connection for each request is measured with it"),
          useful(
              "a request without units does TASK_UNITS",
              WorkRules::withoutUnits,
              "nothing changes: a run always names the units"));

  private static final List<Rule> BURST =
      List.of(
          necessary(
              "each request of a burst is answered",
              BurstRules::answered,
              "requests without an answer count as failed, not as shed"),
          necessary(
              "an answer is 200 or a refusal",
              BurstRules::statuses,
              "other statuses count as failed, not as shed"),
          necessary(
              "a 200 has its checksum in a burst too",
              BurstRules::checksums,
              "a 200 without the work counts as goodput"),
          necessary(
              "it serves after a burst",
              BurstRules::servesAfter,
              "after an overload there is nothing left to measure"),
          useful(
              "a burst is shed in part",
              BurstRules::shedsInPart,
              "how it sheds is not seen: it took everything, or nothing"),
          useful(
              "refusals come while work goes on",
              BurstRules::duringWork,
              "a refusal costs its client as much time as the work"),
          useful(
              "health answers during a burst",
              BurstRules::healthDuring,
              "health probes fail under overload"),
          useful(
              "a refusal keeps the connection",
              BurstRules::keepsConnections,
              "a new connection for each refusal is measured with it"),
          useful(
              "a refusal has a Retry-After",
              BurstRules::retryAfter,
              "clients that obey Retry-After are not told when to come back"));

  private static final List<Rule> TELLING =
      List.of(
          useful("the metrics have the contract's names", TellingRules::metrics, NO_COUNTS),
          useful("the metrics count what was sent", TellingRules::counts, NO_COUNTS),
          useful(
              "a refusal has a Shedlab-Reason",
              BurstRules::reason,
              "the reasons of refusals are missing from the report"),
          useful(
              "a 200 tells how it fared",
              TellingRules::fared,
              "the server's own queue delay and service time are missing from the report"));

  private static final List<Rule> INPUT =
      List.of(
          robust("bad units get a 4xx", InputRules::badUnits),
          robust("an unknown path gets a 404", InputRules::unknownPath),
          robust("a long request line is refused", InputRules::longLine),
          robust("what is not HTTP is refused", InputRules::notHttp));

  private static final List<Rule> CONNECTIONS =
      List.of(
          robust("HEAD gets no body", ConnectionRules::head),
          robust("HTTP/1.0 is answered", ConnectionRules::http10),
          robust("Connection: close is obeyed", ConnectionRules::closing),
          robust("pipelined requests are answered in order", ConnectionRules::pipelined),
          robust("a half-closed connection is answered", ConnectionRules::halfClosed),
          robust("a slow client holds up nobody", ConnectionRules::slowClient),
          robust("a large body is answered", ConnectionRules::largeBody),
          robust("lost connections cost nothing", ConnectionRules::lost));

  /** Tried if the first ones hold, whatever the others have done to the target. */
  static final Rule LAST =
      necessary(
          "it still serves at the end",
          WorkRules::stillServes,
          "the clients of a run can do to it what these rules did");

  private Rules() {}

  /** Those between the first and the last. */
  static List<Rule> others() {
    return Stream.of(WORK, BURST, TELLING, INPUT, CONNECTIONS).flatMap(List::stream).toList();
  }

  /** All of them. */
  static List<Rule> all() {
    return Stream.of(FIRST, others(), List.of(LAST)).flatMap(List::stream).toList();
  }
}
