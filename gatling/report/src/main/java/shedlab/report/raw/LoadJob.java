package shedlab.report.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.load.ArrivalProcess;
import shedlab.load.ArrivalSchedule;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.retry.RetryAfter;
import shedlab.simulation.model.Retry;

/**
 * A job of the load generator. The same job has the same intended starts and the same task sizes,
 * whatever the server answers.
 *
 * @param name for logs and the report
 * @param address where it asks for work
 * @param profile constant rates, one after the other
 * @param arrivals text of {@link ArrivalProcess#parse}, with all of a recording
 * @param seed of arrivals and task sizes
 * @param units mean size of a task
 * @param serviceLaw text of {@link ServiceLaw#parse}
 * @param deadlineMillis a 200 later than this after its intended start is late
 * @param timeoutMillis how long the client waits before it gives a request up, from its actual
 *     start
 * @param leadInSeconds length of the profile's beginning that is not part of the window
 * @param report whether Gatling's own page is wanted
 * @param clients how clients behave
 */
public record LoadJob(
    String name,
    WorkAddress address,
    List<LoadProfile.Segment> profile,
    String arrivals,
    long seed,
    int units,
    String serviceLaw,
    long deadlineMillis,
    long timeoutMillis,
    double leadInSeconds,
    boolean report,
    ClientBehaviour clients) {

  /** As JSON; nearly all of it is a long recording. */
  public static final int MAX_BYTES = 32 << 20;

  /** How long an answer may take after a client that stays has stopped waiting. */
  private static final Duration LISTENING = Duration.ofSeconds(30);

  private static final int MAX_REQUESTS = 5_000_000;
  private static final int MAX_SECONDS = 6 * 3_600;
  private static final long MAX_MILLIS = 600_000;
  private static final Pattern NAME = Pattern.compile("[\\p{Graph} ]{1,500}");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_BYTES).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  /** Throws {@link IllegalArgumentException} with {@code key: value (expected: rule)}. */
  public LoadJob {
    profile = List.copyOf(profile);
    check(NAME.matcher(name).matches(), "name", name, "1 to 500 printable characters");
    check(!profile.isEmpty(), "profile", profile, "at least one segment");
    LoadProfile whole = new LoadProfile(profile);
    double seconds = whole.seconds();
    check(seconds <= MAX_SECONDS, "profile", seconds + " s", "at most " + MAX_SECONDS + " s");
    double requests = whole.expectedArrivals();
    check(
        requests >= 1 && requests <= MAX_REQUESTS,
        "profile",
        requests + " requests",
        "from 1 to " + MAX_REQUESTS);
    ArrivalProcess.parse(arrivals);
    ServiceLaw.parse(serviceLaw, units);
    checkMillis("deadlineMillis", deadlineMillis);
    checkMillis("timeoutMillis", timeoutMillis);
    check(
        leadInSeconds >= 0 && leadInSeconds < seconds,
        "leadInSeconds",
        leadInSeconds,
        "from 0 and below the profile's " + seconds + " s");
  }

  /**
   * Reads a job from JSON; every key must be given.
   *
   * @throws IllegalArgumentException with a message of one line
   */
  public static LoadJob read(byte[] json) {
    try {
      JsonNode tree = JSON.readTree(json);
      checkKeys(tree);
      return JSON.treeToValue(tree, LoadJob.class);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(explain(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("job: not JSON (expected: a job as JSON)", e);
    }
  }

  private static void checkKeys(JsonNode tree) {
    check(tree.isObject(), "job", "not an object", "a job as JSON");
    List<String> keys =
        Arrays.stream(LoadJob.class.getRecordComponents()).map(RecordComponent::getName).toList();
    tree.fieldNames()
        .forEachRemaining(key -> check(keys.contains(key), key, "unknown", "one of " + keys));
    keys.forEach(key -> check(tree.hasNonNull(key), key, "missing", "every one of " + keys));
  }

  private static String explain(JsonMappingException e) {
    for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        return oneLine(cause.getMessage());
      }
    }
    String path =
        e.getPath().stream()
            .map(part -> part.getFieldName() == null ? "" + part.getIndex() : part.getFieldName())
            .collect(Collectors.joining("."));
    return oneLine((path.isEmpty() ? "job" : path) + ": " + e.getOriginalMessage())
        + " (expected: a value of its type)";
  }

  private static String oneLine(String text) {
    return text.lines().collect(Collectors.joining(" "));
  }

  /** The job as JSON. */
  public byte[] write() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same for a result, in which a recording is named and not told once more. */
  public LoadJob named() {
    return new LoadJob(
        name,
        address,
        profile,
        ArrivalProcess.parse(arrivals).toString(),
        seed,
        units,
        serviceLaw,
        deadlineMillis,
        timeoutMillis,
        leadInSeconds,
        report,
        clients);
  }

  /** How long a client waits for an answer: one that stays listens on when its time is over. */
  public Duration patience() {
    return Duration.ofMillis(timeoutMillis).plus(clients.disconnects() ? Duration.ZERO : LISTENING);
  }

  /** How long a client may be busy with one request, all tries and pauses included. */
  public Duration longestRequest() {
    Retry retry = Retry.parse(clients.retry());
    Duration asked =
        retry.honoursRetryAfter() ? Duration.ofSeconds(RetryAfter.MOST_SECONDS) : Duration.ZERO;
    return patience()
        .multipliedBy(retry.tries())
        .plus(retry.most().plus(asked).multipliedBy(retry.tries() - 1L));
  }

  /** The whole profile. */
  public LoadProfile loadProfile() {
    return new LoadProfile(profile);
  }

  /** The intended starts. */
  public ArrivalSchedule schedule() {
    return ArrivalSchedule.of(ArrivalProcess.parse(arrivals), loadProfile(), seed);
  }

  /**
   * The task sizes of the first {@code count} requests, those of a recording times what the law
   * draws, before tenants and slowdown.
   */
  public int[] taskUnits(int count) {
    ServiceLaw law = ServiceLaw.parse(serviceLaw, units);
    return ArrivalProcess.parse(arrivals).isSized()
        ? Arrays.copyOf(law.units(schedule(), seed), count)
        : law.units(count, seed);
  }

  private static void checkMillis(String key, long millis) {
    check(millis >= 1 && millis <= MAX_MILLIS, key, millis, "from 1 to " + MAX_MILLIS);
  }

  private static void check(boolean ok, String key, Object value, String rule) {
    if (!ok) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: " + rule + ")");
    }
  }
}
