package shedlab.gatling.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built command line, started as a user's shell would, in a process of its own. */
record Bench(Process process, Path output) {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** One server, one strategy, one load: the shortest run that is a whole one. */
  static final List<String> TINY =
      List.of(
          "--profile",
          "smoke",
          "--servers",
          "netty",
          "--strategies",
          "fixed:limit=4",
          "--loads",
          "0.5",
          "--set",
          "warm-up=2s measure=1s");

  static Bench start(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-jar",
                PROJECT.resolve("gatling/target/dist/shedlab.jar").toString(),
                "bench",
                "--project",
                PROJECT.toString()));
    command.addAll(arguments);
    if (!arguments.contains("--results")) {
      command.addAll(List.of("--results", folder.resolve("results").toString()));
    }
    Path output = Files.createTempFile(folder, "bench-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // The settings of whoever runs the tests are not the test's.
    for (String key : List.of("E", "PROFILE", "SERVERS", "STRATEGIES", "LOAD", "SET", "HOST")) {
      builder.environment().remove(key);
    }
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    builder.environment().put("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
    builder.environment().putAll(environment);
    return new Bench(builder.start(), output);
  }

  /** The exit code; the process is ended if it takes longer than {@code seconds}. */
  int exitCode(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + seconds + " s:\n" + text());
    }
    return process.exitValue();
  }

  /** Waits until the output holds {@code part}. */
  void awaitOutput(String part, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!text().contains(part)) {
      if (System.nanoTime() - end > 0 || !process.isAlive()) {
        throw new AssertionError("no '" + part + "' in:\n" + text());
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  String text() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The folders of all runs below {@code folder/results}. */
  static List<Path> runs(Path folder) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("results"))) {
      return runs.filter(Files::isDirectory).sorted().toList();
    }
  }
}
