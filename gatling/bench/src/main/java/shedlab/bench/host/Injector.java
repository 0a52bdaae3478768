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
import shedlab.load.LoadProfile;
import shedlab.report.file.WholeFile;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Progress;

/**
 * The remote control of the one long-lived Gatling JVM. It lives through many cells because for its
 * first twenty seconds it starts requests late and measures its own compiler.
 */
public final class Injector {
  /** More than any job's own timeouts: an injector that hangs must not hang the run. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final OptionalLong pid;
  private final HttpClient http = ControlClient.connectingWithin(Duration.ofSeconds(5));

  /**
   * One that is up.
   *
   * @param pid empty if this JVM does not see it
   */
  public Injector(URI url, OptionalLong pid) {
    this.url = url;
    this.pid = pid;
  }

  /** Its number as a process, as this JVM sees it; empty if this JVM does not see it. */
  public OptionalLong pid() {
    return pid;
  }

  /** What it is started with. */
  public static List<String> arguments(String address, int port, String folder) {
    return List.of("--host", address, "--port", Integer.toString(port), "--folder", folder);
  }

  /**
   * Runs a job to its end and unpacks what it leaves into {@code folder}.
   *
   * @param onProgress called about twice a second with the injector's own report
   * @throws HostException if the injector refuses, dies or hangs
   * @throws UncheckedIOException if its files cannot be kept: the fault is this side's
   */
  public LoadResult run(LoadJob job, Path folder, Consumer<Progress> onProgress) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(url.resolve("/run"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(job.write()))
              .build();
      CompletableFuture<HttpResponse<byte[]>> pending =
          http.sendAsync(request, BodyHandlers.ofByteArray());
      long bound =
          System.nanoTime()
              + GRACE.toNanos()
              + (long) (new LoadProfile(job.profile()).seconds() * 1e9);
      while (System.nanoTime() - bound < 0) {
        try {
          return keep(pending.get(500, TimeUnit.MILLISECONDS), folder);
        } catch (TimeoutException e) {
          onProgress.accept(progress());
        }
      }
      throw new HostException(
          "injector", "hangs", "an end at most " + GRACE.toSeconds() + " s after the load's");
    } catch (ExecutionException e) {
      throw noAnswer(e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw noAnswer(e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("injector", e);
    }
  }

  /**
   * Does nothing if it answers.
   *
   * @throws HostException if it does not: it is not reached from here
   */
  public void requireAnswer() {
    try {
      progress();
    } catch (IOException e) {
      throw noAnswer(e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("injector", e);
    }
  }

  private HostException noAnswer(Throwable cause) {
    return new HostException("injector", HostException.reason(cause), "an answer of " + url, cause);
  }

  private Progress progress() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/progress")).timeout(Duration.ofSeconds(10)).build();
    return JSON.readValue(http.send(request, BodyHandlers.ofByteArray()).body(), Progress.class);
  }

  private static LoadResult keep(HttpResponse<byte[]> response, Path folder) {
    try {
      return unpack(response, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LoadResult unpack(HttpResponse<byte[]> response, Path folder) throws IOException {
    if (response.statusCode() != 200) {
      String message = new String(response.body(), StandardCharsets.UTF_8).trim();
      throw new HostException("injector", message, "200");
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
