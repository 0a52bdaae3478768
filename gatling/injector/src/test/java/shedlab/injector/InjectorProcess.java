package shedlab.injector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import shedlab.report.raw.LoadJob;

/** The real load generator, in its own process. */
public final class InjectorProcess implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final JsonNode ready;

  /** Started with the class path of the tests. */
  InjectorProcess(Path folder, String... more) throws IOException {
    this(System.getProperty("java.class.path"), folder, more);
  }

  /** Started with its own class path: {@code dist/injector.jar} if it has been built. */
  public InjectorProcess(String classPath, Path folder, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "shedlab.injector.InjectorMain",
            "--folder",
            folder.toString()));
    command.addAll(List.of(more));
    process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("stderr.txt").toFile())
            .directory(new File("."))
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    ready = new JsonMapper().readTree(String.valueOf(out.readLine()));
  }

  JsonNode ready() {
    return ready;
  }

  public Process process() {
    return process;
  }

  HttpResponse<byte[]> post(String path, byte[] body) {
    return send(path, body).join();
  }

  CompletableFuture<HttpResponse<byte[]>> send(String path, byte[] body) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode progress() throws IOException, InterruptedException {
    return new JsonMapper().readTree(get("/progress"));
  }

  String get(String path) throws IOException, InterruptedException {
    HttpRequest get = HttpRequest.newBuilder(uri(path)).build();
    return client.send(get, HttpResponse.BodyHandlers.ofString()).body();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + ready.get("port").asInt() + path);
  }

  /** Runs a job to its end: the files of its answer by name. */
  public Map<String, byte[]> run(LoadJob job) throws IOException {
    HttpResponse<byte[]> answer = post("/run", job.write());
    if (answer.statusCode() != 200) {
      throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
    }
    return unzip(answer.body());
  }

  static Map<String, byte[]> unzip(byte[] zip) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
