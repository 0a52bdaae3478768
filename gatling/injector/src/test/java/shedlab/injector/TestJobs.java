package shedlab.injector;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import shedlab.load.LoadProfile;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.WorkAddress;
import shedlab.report.result.Attempts;

/** Jobs for the tests, and their results. */
public final class TestJobs {
  private TestJobs() {}

  public static LoadJob job(RuleServer server, double ratePerSecond, double seconds) {
    return new LoadJob(
        "test",
        WorkAddress.of(server.url()),
        List.of(new LoadProfile.Segment(ratePerSecond, seconds)),
        "poisson",
        42,
        1_000_000,
        "exponential",
        1_000,
        2_500,
        0,
        false,
        ClientBehaviour.PLAIN);
  }

  /** Its requests arrive as recorded. */
  static LoadJob recorded(RuleServer server, String arrivals) {
    LoadJob plain = job(server, 100, 1);
    return new LoadJob(
        "recorded",
        plain.address(),
        plain.profile(),
        arrivals,
        1,
        12,
        "deterministic",
        1_000,
        2_500,
        0.5,
        false,
        ClientBehaviour.PLAIN);
  }

  public static LoadResult result(Map<String, byte[]> files) throws IOException {
    return new JsonMapper().readValue(files.get("client.json"), LoadResult.class);
  }

  /** True if Gatling's log and our own records have the same numbers of 200s and of others. */
  static boolean witnessesAgree(LoadResult result) {
    Attempts attempts = result.whole().attempts();
    return result.gatling().ok() == attempts.ok()
        && result.gatling().ko() == attempts.sent() - attempts.ok();
  }
}
