package shedlab.bench.conformance;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.conformance.raw.Connection;
import shedlab.bench.conformance.raw.NoAnswerException;
import shedlab.bench.host.HostException;
import shedlab.bench.targets.Target;
import shedlab.task.CpuTask;

/**
 * A target that is tried: where it is, what it is asked for, and how long it is waited for. What
 * one rule has found out at some cost, others ask for here. For one thread.
 */
final class Tried {
  private static final long PAUSE_MILLIS = 50;

  private final URI url;
  private final Target.Paths paths;
  private final OptionalInt taskUnits;
  private final Bounds bounds;
  private final Map<Integer, String> checksums = new HashMap<>();
  private @Nullable Speed speed;
  private @Nullable IOException noSpeed;
  private @Nullable Burst burst;
  private boolean doesOtherWork;

  /**
   * A target that is up.
   *
   * @param taskUnits units of a request that names none; empty if nobody has told the target
   */
  Tried(URI url, Target.Paths paths, OptionalInt taskUnits, Bounds bounds) {
    this.url = url;
    this.paths = paths;
    this.taskUnits = taskUnits;
    this.bounds = bounds;
  }

  Target.Paths paths() {
    return paths;
  }

  OptionalInt taskUnits() {
    return taskUnits;
  }

  /** Whether a request can say how much work it wants. */
  boolean sized() {
    return paths.work().contains(Target.Paths.UNITS);
  }

  Bounds bounds() {
    return bounds;
  }

  /** The path of so much work. */
  String work(Object units) {
    return paths.work().replace(Target.Paths.UNITS, units.toString());
  }

  /** The body of a 200 to so much work. */
  static String checksum(int units) {
    return String.format(Locale.ROOT, "%016x\n", CpuTask.run(units));
  }

  /** The same as {@link #checksum}; a burst asks for it many times. */
  private String right(int units) {
    return checksums.computeIfAbsent(units, Tried::checksum);
  }

  /** Whether an answer is what so much work has to give, as far as that is to be expected. */
  boolean isDone(Answer answer, int units) {
    return checksWork() ? hasChecksum(answer, units) : answer.status() == 200;
  }

  /** What {@link #isDone} asks for, for a message. */
  String done(int units) {
    return checksWork() ? "200 " + right(units).strip() : "200";
  }

  /** Whether an answer has the checksum of so much work. */
  boolean hasChecksum(Answer answer, int units) {
    return answer.status() == 200 && answer.body().equals(right(units));
  }

  /** A 200 had a wrong checksum: the rules on that say so, and no other need say it again. */
  void doesOtherWork() {
    doesOtherWork = true;
  }

  /** Whether a 200 without the right checksum is news. */
  boolean checksWork() {
    return paths.checked() && !doesOtherWork;
  }

  boolean refuses(Answer answer) {
    return paths.shed().contains(answer.status());
  }

  /** The statuses that say no, for a message. */
  String refusal() {
    return paths.shed().stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
  }

  /** A connection whose answers may each take as long as {@link Bounds#answer}. */
  Connection connect() throws IOException {
    return connect(bounds.answer());
  }

  /** A connection whose answers may each take as long as {@code patience}. */
  Connection connect(Duration patience) throws IOException {
    return new Connection(url, patience);
  }

  /** The bytes of a GET. */
  String get(String path, String... fields) {
    return request("GET", path, fields);
  }

  /** The bytes of a request. */
  String request(String method, String path, String... fields) {
    return Connection.request(url, method, path, fields);
  }

  /** Asks over a connection of its own. */
  Answer ask(String path) throws IOException {
    try (Connection connection = connect()) {
      return connection.send(get(path)).read();
    }
  }

  /**
   * Asks for work while nothing else is asked for. A refusal is asked again, as long as an answer
   * may take: a target may count what has just ended, or admit so many a second.
   *
   * @return the last refusal, if there is nothing else
   */
  Answer askAlone(int units) throws IOException {
    long end = System.nanoTime() + bounds.answer().toNanos();
    Answer answer = ask(work(units));
    while (refuses(answer) && System.nanoTime() - end < 0) {
      pause();
      answer = ask(work(units));
    }
    return answer;
  }

  /** Whether it is there, and healthy. */
  boolean isHealthy() {
    try {
      return ask(paths.health()).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** How long its work takes, found once; if that fails, it fails again at once. */
  Speed speed() throws IOException {
    if (noSpeed != null) {
      throw noSpeed;
    }
    if (speed == null) {
      try {
        speed = Speed.of(this);
      } catch (IOException e) {
        noSpeed = e;
        throw e;
      }
    }
    return speed;
  }

  /** How many units take so long alone; 1 if it does not take their number. */
  int unitsOf(Duration time) throws IOException {
    return sized() ? speed().unitsOf(time) : 1;
  }

  /** A burst of requests, sent once: the first size that is shed in part, or the last. */
  Burst burst() throws IOException {
    for (int i = 0; burst == null && i < bounds.sizes().size(); i++) {
      int size = bounds.sizes().get(i);
      Burst sent = Burst.of(this, size, unitsOf(bounds.work().dividedBy(size)));
      boolean last = i == bounds.sizes().size() - 1;
      burst = last || !sent.refused().isEmpty() || !sent.unanswered().isEmpty() ? sent : null;
    }
    return Objects.requireNonNull(burst);
  }

  /** Its counts. */
  Metrics metrics() throws IOException {
    Answer answer = ask(paths.metrics());
    if (answer.status() != 200) {
      throw new NoAnswerException(paths.metrics() + ": " + answer.shown());
    }
    return Metrics.of(answer.body());
  }

  boolean hasMetrics() {
    return !paths.metrics().isEmpty();
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw HostException.interrupted("a pause", e);
    }
  }
}
