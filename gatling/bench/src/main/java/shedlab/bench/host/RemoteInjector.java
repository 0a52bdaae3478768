package shedlab.bench.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import shedlab.admission.NanoClock;
import shedlab.bench.clock.RemoteClock;
import shedlab.report.clock.ClockOffset;
import shedlab.report.file.WholeFile;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Progress;
import shedlab.report.raw.SchedulePart;

/**
 * The remote control of one long-lived Gatling JVM. It lives through many cells because for its
 * first twenty seconds it starts requests late and measures its own compiler.
 */
public final class RemoteInjector implements Injector {
  /** Beyond the last client's time: an injector that hangs must not hang the run. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** For what takes no work. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final String name;
  private final OptionalLong pid;
  private final Runnable stillThere;
  private final Duration soon;
  private final HttpClient http = ControlClient.connectingWithin(Duration.ofSeconds(5));

  /**
   * One that is up.
   *
   * @param name for messages
   * @param pid empty if this JVM does not see it
   */
  public RemoteInjector(String name, URI url, OptionalLong pid) {
    this(name, url, pid, () -> {});
  }

  /**
   * One that may be lost although it answers.
   *
   * @param stillThere throws a {@link HostException} that says what is lost; asked while a job runs
   */
  public RemoteInjector(String name, URI url, OptionalLong pid, Runnable stillThere) {
    this(name, url, pid, stillThere, SOON);
  }

  /** With another time within which it has to answer what takes no work. */
  RemoteInjector(String name, URI url, OptionalLong pid, Runnable stillThere, Duration soon) {
    this.soon = soon;
    this.name = name;
    this.url = url;
    this.pid = pid;
    this.stillThere = stillThere;
  }

  @Override
  public List<Long> pids() {
    return pid.isPresent() ? List.of(pid.getAsLong()) : List.of();
  }

  /** What it is started with. */
  public static List<String> arguments(String address, int port, String folder) {
    return List.of("--host", address, "--port", Integer.toString(port), "--folder", folder);
  }

  @Override
  public LoadResult run(LoadJob job, Path folder, Consumer<Progress> onProgress) {
    CompletableFuture<HttpResponse<byte[]>> pending = post("/run", job.write());
    long bound = bound(job);
    while (System.nanoTime() - bound < 0) {
      if (ends(pending, Duration.ofMillis(500))) {
        return keep(pending, folder);
      }
      onProgress.accept(progress());
    }
    throw hangs();
  }

  /**
   * The {@link System#nanoTime()} until which a job that begins now must have ended: a request that
   * is sent last may take its whole time.
   */
  static long bound(LoadJob job) {
    return System.nanoTime()
        + job.longestRequest().plus(GRACE).toNanos()
        + (long) (job.loadProfile().seconds() * 1e9);
  }

  /** Gives it a part of a job, which it sets up and holds. The answer comes when it has ended. */
  CompletableFuture<HttpResponse<byte[]>> hold(LoadJob job, SchedulePart part) {
    return post("/run?part=" + part, job.write());
  }

  /**
   * Tells it when zero of the schedule is.
   *
   * @param nanos of its own clock
   * @throws HostException if that is too soon, or if it holds no job
   */
  void start(long nanos) {
    HttpRequest request =
        to("/start?at=" + nanos).timeout(soon).POST(HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<byte[]> response = keep(http.sendAsync(request, BodyHandlers.ofByteArray()));
    if (response.statusCode() != 200) {
      throw refused(response);
    }
  }

  /**
   * How far its clock is ahead of this process's.
   *
   * @throws HostException if it does not answer
   */
  ClockOffset clock() {
    try {
      return new RemoteClock(NanoClock.SYSTEM, this::readClock).offset();
    } catch (IOException e) {
      throw noAnswer(e);
    } catch (InterruptedException e) {
      throw HostException.interrupted(name, e);
    }
  }

  private long readClock() throws IOException, InterruptedException {
    String said = http.send(get("/clock"), BodyHandlers.ofString()).body().trim();
    try {
      return Long.parseLong(said);
    } catch (NumberFormatException e) {
      throw new IOException("clock: " + said + " (expected: a number)", e);
    }
  }

  /** True if an answer comes within a time. */
  boolean ends(CompletableFuture<HttpResponse<byte[]>> pending, Duration within) {
    try {
      pending.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw noAnswer(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      throw HostException.interrupted(name, e);
    }
  }

  private HttpResponse<byte[]> keep(CompletableFuture<HttpResponse<byte[]>> pending) {
    try {
      return pending.get();
    } catch (ExecutionException e) {
      throw noAnswer(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      throw HostException.interrupted(name, e);
    }
  }

  /**
   * Unpacks what it has left of a job that has ended.
   *
   * @throws HostException if it failed
   * @throws UncheckedIOException if its files cannot be kept: the fault is this side's
   */
  LoadResult keep(CompletableFuture<HttpResponse<byte[]>> ended, Path folder) {
    stillThere.run();
    HttpResponse<byte[]> response = keep(ended);
    try {
      return unpack(response, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> post(String path, byte[] body) {
    HttpRequest request = to(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    return http.sendAsync(request, BodyHandlers.ofByteArray());
  }

  HostException hangs() {
    return new HostException(
        name, "hangs", "an end at most " + GRACE.toSeconds() + " s after its last client's");
  }

  /**
   * Does nothing if it answers.
   *
   * @throws HostException if it does not: it is not reached from here
   */
  public void requireAnswer() {
    progress();
  }

  private HostException noAnswer(Throwable cause) {
    stillThere.run();
    return new HostException(name, HostException.reason(cause), "an answer of " + url, cause);
  }

  private HostException refused(HttpResponse<byte[]> response) {
    String message = new String(response.body(), StandardCharsets.UTF_8).trim();
    return new HostException(name, message, "200");
  }

  private HttpRequest get(String path) {
    return to(path).timeout(soon).build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(url.resolve(path));
  }

  /** How far its job is. */
  Progress progress() {
    stillThere.run();
    try {
      return JSON.readValue(
          http.send(get("/progress"), BodyHandlers.ofByteArray()).body(), Progress.class);
    } catch (IOException e) {
      throw noAnswer(e);
    } catch (InterruptedException e) {
      throw HostException.interrupted(name, e);
    }
  }

  private LoadResult unpack(HttpResponse<byte[]> response, Path folder) throws IOException {
    if (response.statusCode() != 200) {
      throw refused(response);
    }
    Path root = folder.toAbsolutePath().normalize();
    Files.createDirectories(root);
    try (InputStream body = new ByteArrayInputStream(response.body());
        ZipInputStream zip = new ZipInputStream(body)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && target.startsWith(root)) {
          Files.createDirectories(target.getParent());
          write(target, zip.readAllBytes());
        }
      }
    }
    return LoadResult.read(root);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw WholeFile.naming(file, e);
    }
  }
}
