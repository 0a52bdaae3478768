package shedlab.report.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadJobTest {
  private static final String GOOD =
      """
      {"name": "one", "address": {"baseUrl": "http://127.0.0.1:8080",
        "path": "/work?units={units}", "shed": [429]},
       "profile": [{"ratePerSecond": 100, "seconds": 2}, {"ratePerSecond": 0, "seconds": 1}],
       "arrivals": "poisson", "seed": 5, "units": 10, "serviceLaw": "exponential",
       "deadlineMillis": 100, "timeoutMillis": 1000, "leadInSeconds": 0.5, "report": false,
       "clients": {"retry": "backoff:tries=3,base=100ms,most=1s,budget=0.1,retry-after=yes",
         "disconnects": true, "newConnections": false, "tellsDeadline": true,
         "tenants": [{"name": "a", "share": 1, "urgency": 1, "work": 2}],
         "slowdownSecond": 0, "slowdownFactor": 1}}
      """;

  private static LoadJob read(String json) {
    return LoadJob.read(json.getBytes(UTF_8));
  }

  @Test
  void whatWasWrittenIsReadBack() {
    LoadJob job = read(GOOD);

    assertThat(LoadJob.read(job.write())).isEqualTo(job);
    assertThat(job.loadProfile().seconds()).isEqualTo(3);
  }

  @Test
  void aRequestMayTakeAllItsTriesAndThePausesThatAnAnswerAsksFor() {
    assertThat(read(GOOD).longestRequest()).isEqualTo(Duration.ofSeconds(3 * 1 + 2 * (1 + 30)));
    LoadJob staying =
        read(
            GOOD.replaceFirst("backoff:[^\"]*", "none")
                .replace("\"disconnects\": true", "\"disconnects\": false"));
    assertThat(staying.longestRequest()).isEqualTo(Duration.ofSeconds(1 + 30));
  }

  @Test
  void theSameJobMeansTheSameArrivalsAndSizes() {
    assertThat(read(GOOD).schedule().toArray()).isEqualTo(read(GOOD).schedule().toArray());
    assertThat(read(GOOD).taskUnits(100)).isEqualTo(read(GOOD).taskUnits(100));
    LoadJob other = read(GOOD.replace("\"seed\": 5", "\"seed\": 6"));
    assertThat(other.schedule().toArray()).isNotEqualTo(read(GOOD).schedule().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"poisson\" | \"often\" | arrivals: often (expected: one of [poisson, ",
        "\"exponential\" | \"any\" | service-law: any (expected: one of [deterministic, ",
        "\"units\": 10 | \"units\": 0 | units: 0 (expected: a whole number from 1 to 10000000)",
        "\"units\": 10 | \"units\": 1.5 | units: ",
        "http://127.0.0.1:8080 | https://x | baseUrl: https://x (expected: http://host:port)",
        "http://127.0.0.1:8080 | ftp://x | baseUrl: ftp://x (expected: http://host:port)",
        "127.0.0.1:8080 | 127.0.0.1/x | baseUrl: http://127.0.0.1/x (expected: http://host:port)",
        "0.5 | 3.0 | leadInSeconds: 3.0 (expected: from 0 and below the profile's 3.0 s)",
        "\"seconds\": 1} | \"seconds\": 0} | seconds: 0.0 (expected: a number above 0)",
        "100, \"seconds\" | 0.1, \"seconds\" | profile: 0.2 requests (expected: from 1 to 5000000)",
        "\"deadlineMillis\": 100 | \"deadlineMillis\": 0 | deadlineMillis: 0 (expected: ",
        "\"seed\": 5, | | seed: missing (expected: every one of [name, ",
        "\"seed\": 5, | \"sead\": 5, | sead: unknown (expected: one of [name, ",
        "{\"name\" | 1 {\"name\" | job: ",
        "\"seconds\": 1} | \"second\": 1} | profile.1",
        "backoff:tries=3 | backoff:tries=1 | tries: 1 (expected: a whole number from 2 to 100)",
        "\"disconnects\": true | \"disconnects\": false | retry: backoff:tries=3",
        "\"share\": 1 | \"share\": 0 | share: 0.0 (expected: a number above 0)",
        "\"work\": 2} | \"work\": 2, \"x\": 1} | clients.tenants.0.x: ",
        "{\"name\" | {name | job: not JSON (expected: a job as JSON)",
      })
  void whatIsWrongIsNamedInOneLine(String good, String bad, String message) {
    assertThatThrownBy(() -> read(GOOD.replace(good, bad == null ? "" : bad)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith(message)
        .hasLineCount(1);
  }
}
