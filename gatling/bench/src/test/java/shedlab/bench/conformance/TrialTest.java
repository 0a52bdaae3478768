package shedlab.bench.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shedlab.bench.conformance.Trial.Outcome;
import shedlab.bench.conformance.Verdict.Kind;
import shedlab.bench.targets.Target;

/** Small servers, each with one thing broken, get the right verdict in a bounded time. */
@Timeout(60)
class TrialTest {
  /** For targets that answer: nobody waits so long. */
  private static final Bounds PATIENT = answersWithin(Duration.ofSeconds(10));

  /** For those that do not. */
  private static final Bounds HASTY = answersWithin(Duration.ofMillis(700));

  private static Bounds answersWithin(Duration patience) {
    return new Bounds(
        patience,
        patience,
        Duration.ofMinutes(1),
        Bounds.ORDINARY.task(),
        Duration.ofMillis(400),
        List.of(8, 20));
  }

  private static final Target.Paths PATHS =
      new Target.Paths("/work?units={units}", "/healthz", "/metrics", List.of(429), true);

  private static final OptionalInt TASK_UNITS = OptionalInt.of(SmallTarget.TASK_UNITS);

  private static Trial trial(URI url, Target.Paths paths, OptionalInt taskUnits, Bounds bounds) {
    return Trial.of(new Tried(url, paths, taskUnits, bounds), outcome -> {});
  }

  private static Trial trial(SmallTarget target) throws IOException {
    return trial(target, PATIENT);
  }

  private static Trial trial(SmallTarget target, Bounds bounds) throws IOException {
    try (target) {
      return trial(target.url(), PATHS, TASK_UNITS, bounds);
    }
  }

  private static Verdict verdict(Trial trial, String rule) {
    return trial.outcomes().stream()
        .filter(outcome -> outcome.rule().name().equals(rule))
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  private static List<String> broken(Trial trial) {
    return trial.outcomes().stream()
        .filter(outcome -> outcome.verdict().isBroken())
        .map(outcome -> outcome.rule().name())
        .toList();
  }

  @Test
  void aTargetThatKeepsEveryRuleConforms() throws Exception {
    Trial trial = trial(new SmallTarget());

    assertThat(trial.outcomes()).allSatisfy(o -> assertThat(o.holds()).as(o.line()).isTrue());
    assertThat(trial.isMeasurable()).isTrue();
    assertThat(trial.consequences()).isEmpty();
    assertThat(trial.summary())
        .isEqualTo("12 of 12 necessary, 10 of 10 useful, 12 of 12 robust rules hold");
  }

  @Test
  void aRefusalThatLooksLikeA200IsNoWork() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              void refuse(OutputStream out) throws IOException {
                reply(out, 200, "try again later\n");
              }
            });

    assertThat(verdict(trial, "a 200 has its checksum in a burst too").found())
        .contains(" of 20: 200 try again later (expected: 200 ", ", or 429 to say no)");
    assertThat(trial.isMeasurable()).isFalse();
    assertThat(trial.consequences()).contains("a 200 without the work counts as goodput");
  }

  @Test
  void aTargetThatNeverShedsCanBeMeasuredAndIsWarnedOf() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              boolean admits() {
                return true;
              }
            });

    assertThat(broken(trial)).containsExactly("a burst is shed in part");
    assertThat(verdict(trial, "a burst is shed in part").found())
        .startsWith("none of 20 were shed");
    assertThat(verdict(trial, "refusals come while work goes on"))
        .isEqualTo(Verdict.moot("nothing was shed"));
    assertThat(trial.isMeasurable()).isTrue();
    assertThat(trial.consequences())
        .containsExactly("how it sheds is not seen: it took everything, or nothing");
  }

  @Test
  void aConnectionThatIsClosedIsNoRefusal() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              void refuse(OutputStream out) throws IOException {
                throw new IOException("closes");
              }
            });

    assertThat(verdict(trial, "each request of a burst is answered").found())
        .contains(" of 8: closed without an answer (expected: ");
    assertThat(trial.isMeasurable()).isFalse();
  }

  @Test
  void aWrongChecksumIsNamedBesideTheRightOne() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              long task(int units) {
                return super.task(units) + 1;
              }
            });

    assertThat(verdict(trial, "1 unit has its checksum").found())
        .startsWith("200 56b663219f6e38f6, 17 bytes (expected: 200 56b663219f6e38f5 ");
    assertThat(verdict(trial, "health answers 200").kind()).isEqualTo(Kind.HOLDS);
    assertThat(trial.isMeasurable()).isFalse();
  }

  @Test
  void whereChecksumsAreWrongThatIsTheOneCauseAndTheOneConsequence() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              long task(int units) {
                return super.task(units) + 1;
              }
            });

    assertThat(broken(trial))
        .containsExactly(
            "1 unit has its checksum",
            "100 units have their checksum",
            "1000 units have their checksum");
    assertThat(verdict(trial, "a 200 has its checksum in a burst too"))
        .isEqualTo(Verdict.moot("checksums are wrong alone, too"));
    assertThat(trial.consequences())
        .containsExactly("its work is not that of other servers: nothing is compared");
    assertThat(trial.isUndecided()).isFalse();
  }

  @Test
  void aNewlineThatIsMissingIsSaid() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              String body(long checksum) {
                return super.body(checksum).strip();
              }
            });

    assertThat(verdict(trial, "1 unit has its checksum").found())
        .isEqualTo(
            "200 56b663219f6e38f5, 16 bytes: the newline is missing (expected: 200"
                + " 56b663219f6e38f5 and a newline, 17 bytes)");
  }

  @Test
  void aTargetThatHangsIsNamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              boolean answer(InputStream in, OutputStream out) throws IOException {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return false;
              }
            },
            HASTY);

    assertThat(verdict(trial, "health answers 200"))
        .isEqualTo(Verdict.broken("no answer within 700 ms", "an answer"));
    assertThat(trial.outcomes().stream().skip(1).map(Outcome::verdict))
        .containsOnly(Verdict.moot("not tried, as health answers 200 does not hold"));
    assertThat(trial.isMeasurable()).isFalse();
    assertThat(trial.consequences()).containsExactly("a run does not begin");
  }

  @Test
  void aTargetThatHangsInsteadOfRefusingIsNamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              void refuse(OutputStream out) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            },
            HASTY);

    assertThat(verdict(trial, "each request of a burst is answered").found())
        .contains(" of 8: no answer within 700 ms (expected: ");
    assertThat(trial.isMeasurable()).isFalse();
  }

  @Test
  void aTargetThatDoesTheWorkAndThenRefusesIsNamed() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              void refuse(OutputStream out) throws IOException {
                task(50_000);
                super.refuse(out);
              }
            });

    assertThat(broken(trial)).containsExactly("refusals come while work goes on");
    assertThat(trial.isMeasurable()).isTrue();
  }

  @Test
  void aTargetThatWaitsInsteadOfWorkingIsNamed() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              long task(int units) {
                super.task(2_000);
                return super.task(Math.min(units, 1_000));
              }
            },
            HASTY);

    assertThat(broken(trial)).contains("more units take more time");
    assertThat(verdict(trial, "1000 units have their checksum").kind()).isEqualTo(Kind.HOLDS);
  }

  @Test
  void aTargetThatEndsOnTheWayIsNamedAndTheRestIsNotTried() throws Exception {
    Trial trial =
        trial(
            new SmallTarget() {
              @Override
              boolean answer(InputStream in, OutputStream out) throws IOException {
                in.mark(1);
                boolean head = in.read() == 'H';
                in.reset();
                if (head) {
                  close();
                }
                return !head && super.answer(in, out);
              }
            });

    assertThat(verdict(trial, "HEAD gets no body").kind()).isEqualTo(Kind.BROKEN);
    assertThat(verdict(trial, "it still serves at the end"))
        .isEqualTo(
            Verdict.moot("not tried, as the target was not healthy after: HEAD gets no body"));
    assertThat(trial.isMeasurable()).isFalse();
  }

  @Test
  void whateverIsAnsweredIsOneLine() throws Exception {
    for (String garbage : List.of("\u0000\u0001\n\r\n\u00ff", "HTTP/1.1 200 OK\r\n\n\n\r\r", "x")) {
      Trial trial =
          trial(
              new SmallTarget() {
                @Override
                boolean answer(InputStream in, OutputStream out) throws IOException {
                  while (true) { // until the client has enough
                    out.write(garbage.repeat(100).getBytes(ISO_8859_1));
                  }
                }
              });

      assertThat(trial.outcomes().stream().map(Outcome::line))
          .allMatch(line -> line.lines().count() == 1 && line.length() < 300)
          .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
      assertThat(trial.isMeasurable()).isFalse();
    }
  }

  @Test
  void whereNobodyListensNothingElseIsTried() throws Exception {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    Trial trial = trial(nobody, PATHS, TASK_UNITS, PATIENT);

    assertThat(verdict(trial, "health answers 200").found()).startsWith("Connection refused");
    assertThat(trial.isMeasurable()).isFalse();
  }

  @Test
  void withoutMetricsTheReportLacksASecondWitness() throws Exception {
    var none = new Target.Paths(PATHS.work(), PATHS.health(), "", PATHS.shed(), true);
    try (SmallTarget target = new SmallTarget()) {
      Trial trial = trial(target.url(), none, OptionalInt.empty(), PATIENT);

      assertThat(trial.isMeasurable()).isTrue();
      assertThat(trial.consequences())
          .containsExactly(
              "no metrics: the server's counts are missing from the report; client counts are not"
                  + " checked against a second witness");
    }
  }

  @Test
  void aTrialThatTakesTooLongSaysWhatItDidNotTry() throws Exception {
    Bounds none =
        new Bounds(
            PATIENT.answer(),
            PATIENT.burst(),
            Duration.ZERO,
            PATIENT.task(),
            PATIENT.work(),
            PATIENT.sizes());
    try (SmallTarget target = new SmallTarget()) {
      Trial trial = trial(target.url(), PATHS, TASK_UNITS, none);

      assertThat(verdict(trial, "1 unit has its checksum").kind()).isEqualTo(Kind.HOLDS);
      assertThat(verdict(trial, "a slow client holds up nobody"))
          .isEqualTo(Verdict.moot("not tried, as the 0 s of a trial are over"));
      assertThat(verdict(trial, "it still serves at the end").kind()).isEqualTo(Kind.HOLDS);
      assertThat(trial.isMeasurable()).isFalse();
      assertThat(trial.isUndecided()).isTrue();
    }
  }

  @Test
  void aPathOfAnotherServersIsTriedWithoutChecksums() throws Exception {
    var other = new Target.Paths("/work", "/healthz", "", PATHS.shed(), false);
    try (SmallTarget target = new SmallTarget()) {
      Trial trial = trial(target.url(), other, OptionalInt.empty(), PATIENT);

      assertThat(broken(trial))
          .doesNotContain("it serves after a burst", "lost connections cost nothing");
      assertThat(verdict(trial, "1 unit has its checksum"))
          .isEqualTo(Verdict.notKnown("its work is not that of the contract"));
      assertThat(verdict(trial, "bad units get a 4xx").kind()).isEqualTo(Kind.MOOT);
      assertThat(trial.isMeasurable()).as("nobody knows what it does").isFalse();
      assertThat(trial.isUndecided()).isTrue();
    }
  }
}
