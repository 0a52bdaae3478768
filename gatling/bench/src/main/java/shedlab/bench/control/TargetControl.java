package shedlab.bench.control;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.HostException;
import shedlab.bench.targets.Target;
import shedlab.bench.targets.TargetServer;
import shedlab.task.CpuTask;

/**
 * A target: nothing in it can be switched or reset, what it counts is known only if it has metrics,
 * and that it is idle shows in its CPU time.
 */
final class TargetControl implements ServerControl {
  private static final int REQUESTS = 20;

  /** Whatever a request takes. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  private final TargetServer server;
  private final Target.Paths paths;
  private final ServerProbe probe;

  TargetControl(TargetServer server) {
    this.server = server;
    this.paths = server.target().paths();
    this.probe = new ServerProbe(server.url(), paths.metrics()); // for what it is asked
  }

  @Override
  public boolean takesStrategies() {
    return false;
  }

  @Override
  public void verifyContract(Admits admits) {
    HttpResponse<String> health = probe.get(paths.health());
    check(health.statusCode() == 200, paths.health(), health, "200");
    for (int units : new int[] {1, 100}) {
      verifyWork(units, admits);
    }
  }

  private void verifyWork(int units, Admits admits) {
    String path = paths.work(units);
    HttpResponse<String> answer = admitted(path);
    String checksum = String.format(Locale.ROOT, "%016x", CpuTask.run(units));
    boolean right = !paths.checked() || answer.body().equals(checksum + "\n");
    boolean worked = answer.statusCode() == 200 && right;
    boolean refused = paths.shed().contains(answer.statusCode());
    String rule = paths.checked() ? "200 " + checksum + newline(answer, checksum) : "200";
    if (admits == Admits.EVERYBODY) {
      check(worked, path, answer, rule);
    } else {
      check(worked || refused, path, answer, rule + ", or one of " + paths.shed());
    }
  }

  /** What is said of the line's end only if nothing else is wrong: a message would not show it. */
  private static String newline(HttpResponse<String> answer, String checksum) {
    return answer.body().strip().equals(checksum) ? " and one newline, 17 bytes" : "";
  }

  /** A refusal is asked again for a while: something else may be under way. */
  private HttpResponse<String> admitted(String path) {
    HttpResponse<String> answer = probe.get(path);
    for (int i = 0; i < REQUESTS && paths.shed().contains(answer.statusCode()); i++) {
      awaitQuiet();
      answer = probe.get(path);
    }
    return answer;
  }

  private void check(boolean ok, String path, HttpResponse<String> answer, String rule) {
    if (!ok) {
      String said = ServerProbe.said(answer).lines().findFirst().orElse("");
      String start = said.length() > 80 ? said.substring(0, 80) + "..." : said;
      throw new HostException(server.target().name() + ": GET " + path, start, rule);
    }
  }

  @Override
  public double serviceSeconds(int units) {
    long best = Long.MAX_VALUE;
    long end = System.nanoTime() + LONGEST_LOOK.toNanos();
    for (int i = 0; i == 0 || (i < REQUESTS && System.nanoTime() - end < 0); i++) {
      long began = System.nanoTime();
      probe.get(paths.work(units));
      best = Math.min(best, System.nanoTime() - began);
    }
    return best / 1e9;
  }

  @Override
  public void switchStrategyOff() {
    // Its strategy is its own.
  }

  @Override
  public void reset() {
    // It has nothing of ours to forget.
  }

  @Override
  public void exchange(String strategy) {
    throw new HostException("strategy", strategy, "the one that the target was started with");
  }

  @Override
  public @Nullable Double unitCpuNanos(int units, int tasks) {
    return null;
  }

  @Override
  public OptionalDouble cpuSeconds() {
    return server.cpuSeconds();
  }

  private boolean tellsCounts() {
    return !paths.metrics().isEmpty();
  }

  @Override
  public @Nullable ServerCounts counts() {
    if (!server.isAlive()) {
      throw new HostException(server.target().name(), "ended", "to serve until its cell is done");
    }
    return tellsCounts() ? probe.counts() : null;
  }

  @Override
  public @Nullable ServerCounts settledCounts() {
    awaitQuiet(); // what is not over then is found by whoever needs an idle server
    return tellsCounts() ? probe.settledCounts() : counts();
  }

  @Override
  public boolean awaitIdle() {
    if (tellsCounts()) {
      return probe.awaitIdle();
    }
    return awaitQuiet() && server.isAlive();
  }

  @Override
  public void awaitWorkedOff() {
    if (tellsCounts()) {
      probe.awaitWorkedOff();
    } else if (!awaitQuiet()) {
      throw new HostException(server.target().name(), "busy", "idle ten seconds after a load");
    }
  }
}
