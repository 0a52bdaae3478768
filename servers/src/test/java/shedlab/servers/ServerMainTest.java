package shedlab.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Waiting.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The process as users start it. */
@Timeout(60)
final class ServerMainTest {
  private final List<Process> started = new ArrayList<>();

  private final Path folder;

  ServerMainTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Process run(String... options) throws Exception {
    Process process = new ProcessBuilder(ServerProcess.command(List.of(), options)).start();
    started.add(process);
    return process;
  }

  @AfterEach
  void kill() {
    started.forEach(Process::destroyForcibly);
  }

  private static JsonNode ready(BufferedReader out) throws Exception {
    return new ObjectMapper().readTree(out.readLine());
  }

  private static String refusal(Process process) throws Exception {
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return refusal(
        process.exitValue(), new String(process.getInputStream().readAllBytes(), UTF_8), errors);
  }

  private static String refusal(int code, String out, String errors) {
    assertThat(code).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(errors).hasLineCount(1);
    return errors.strip();
  }

  /** What the program refuses, without a process: its output and exit code are the same. */
  private static String refused(String... options) {
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    var out = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(errors, true, UTF_8));
    try {
      int code = ServerMain.execute(options);
      return refusal(code, out.toString(UTF_8), errors.toString(UTF_8));
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void saysHowItIsConfiguredAndDrainsOnSigterm(ServerKind kind) throws Exception {
    Path samples = folder.resolve("samples.csv");
    Process process =
        run(
            "--server=" + kind,
            "--strategy=fixed:limit=1",
            "--port=0",
            "--workers=2",
            "--worker-nice=7",
            "--retry-after=drain",
            "--compiler-nice=3",
            "--samples=" + samples,
            "--sample-millis=20");
    BufferedReader out = process.inputReader(UTF_8);
    JsonNode ready = ready(out);
    assertThat(ready.path("ready").asBoolean()).isTrue();
    assertThat(ready.path("server").asText()).isEqualTo(kind.toString());
    assertThat(ready.path("serverVersion").asText()).matches("[0-9]+\\.[0-9]+\\..*");
    assertThat(ready.path("strategy").asText()).isEqualTo("fixed:limit=1");
    assertThat(ready.path("protocol").asText()).isEqualTo("http");
    assertThat(ready.path("refuseWith").asText()).isEqualTo("429");
    assertThat(ready.path("retryAfter").asText()).isEqualTo("drain");
    assertThat(ready.path("workers").asInt()).isEqualTo(2);
    assertThat(ready.path("workerNice").asInt()).isEqualTo(7);
    assertThat(ready.path("workerNiceEffective").asInt()).isEqualTo(7);
    assertThat(ready.path("compilerNice").asInt()).isEqualTo(3);
    assertThat(ready.path("compilerNiceEffective").asInt()).isEqualTo(3);
    assertThat(ready.path("pid").asLong()).isEqualTo(process.pid());
    int port = ready.path("port").asInt();

    try (Connection slow = Connection.to(port)) {
      slow.get("/work?units=400000"); // about half a second
      await("it is in flight")
          .until(() -> Connection.get(port, "/metrics").body().contains("shedlab_inflight 1\n"));
      process.toHandle().destroy(); // SIGTERM
      assertThat(slow.read().status()).isEqualTo(200);
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(out.readLine()).isNull();
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    isSampled(samples);
  }

  @Test
  void aLibraryThatGreetsOnStandardOutputDoesNotSpeakBeforeTheServer() throws Exception {
    Process process =
        run(
            "--server=netty",
            "--strategy=sentinel-system:threads=3",
            "--port=0",
            "--compiler-nice=20");
    BufferedReader out = process.inputReader(UTF_8);
    JsonNode ready = ready(out);
    assertThat(ready.path("compilerNice").asInt()).isEqualTo(20);
    assertThat(ready.path("compilerNiceEffective").asInt()).isEqualTo(20);
    assertThat(ready.path("strategy").asText())
        .startsWith("sentinel-system:")
        .endsWith("threads=3");
    int port = ready.path("port").asInt();
    assertThat(Connection.get(port, "/work?units=5").status()).isEqualTo(200);
    process.toHandle().destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(out.readLine()).isNull();
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
  }

  /** Where numbers are written in other digits. */
  @Test
  void startsInAnyLanguage() throws Exception {
    List<String> command = ServerProcess.command(List.of(), "--server=netty", "--port=0");
    command.addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    assertThat(ready(process.inputReader(UTF_8)).path("ready").asBoolean()).isTrue();
  }

  /** Nice value, policy and CPUs of every thread, by the start of its name. */
  private static List<String> threads(Process process) throws Exception {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path task : tasks) {
        String stat = Files.readString(task.resolve("stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        String cpus =
            Files.readAllLines(task.resolve("status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .orElseThrow()
                .split("\t", -1)[1];
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        found.add(name + " nice " + afterName[16] + " policy " + afterName[38] + " on " + cpus);
      }
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void ioThreadsGetTheirPriorityAndCpu(ServerKind kind) throws Exception {
    Process process =
        run(
            "--server=" + kind,
            "--port=0",
            "--worker-nice=7",
            "--workers=2",
            "--io-nice",
            "-5",
            "--io-cpu=own");
    if (!mayRaisePriorities()) {
      assertThat(refusal(process)).startsWith("io-nice: -5 (expected: 0 or more, or root");
      return;
    }
    if (Runtime.getRuntime().availableProcessors() < 2) {
      assertThat(refusal(process))
          .isEqualTo("io-cpu: own (expected: 2 CPUs or more; this process has 1)");
      return;
    }
    JsonNode ready = ready(process.inputReader(UTF_8));
    assertThat(ready.path("ioNice").asInt()).isEqualTo(-5);
    assertThat(ready.path("ioCpu").asText()).isEqualTo("own");
    int port = ready.path("port").asInt();
    assertThat(Connection.get(port, "/work?units=5").status()).isEqualTo(200);
    List<String> raised = threads(process).stream().filter(t -> t.contains(" nice -5 ")).toList();
    assertThat(raised).hasSize(2).anyMatch(thread -> thread.startsWith("shedlab-respond"));
    List<String> workers =
        threads(process).stream().filter(t -> t.startsWith("shedlab-worker-")).toList();
    assertThat(workers).hasSize(2).allMatch(thread -> thread.contains(" nice 7 policy 0 on "));
    String ioCpu = raised.get(0).substring(raised.get(0).indexOf(" on ") + 4);
    assertThat(ioCpu).matches("[0-9]+");
    assertThat(raised).allMatch(thread -> thread.endsWith(" on " + ioCpu));
    assertThat(workers).noneMatch(t -> t.matches(".* on ([^ ]*,)?" + ioCpu + "([-,].*)?"));
  }

  /**
   * A kernel that has no slices, before Linux 6.12, or refuses them, is told of in one line each.
   */
  @Test
  void saysWhichSliceAndPolicyItsThreadsReallyHave() throws Exception {
    Process process =
        run(
            "--server=netty",
            "--port=0",
            "--worker-nice=0",
            "--workers=2",
            "--worker-policy=batch",
            "--worker-slice=10ms",
            "--io-slice=100us");
    JsonNode ready = ready(process.inputReader(UTF_8));
    assertThat(ready.path("workerPolicy").asText()).isEqualTo("batch");
    assertThat(ready.path("workerSlice").asText()).isEqualTo("10ms");
    assertThat(ready.path("ioSlice").asText()).isEqualTo("100us");
    List<String> missing = new ArrayList<>();
    for (String setting : List.of("worker-policy", "worker-slice", "io-slice")) {
      String key =
          setting.startsWith("io") ? "ioSlice" : setting.replace("-p", "P").replace("-s", "S");
      String effective = ready.path(key + "Effective").asText();
      if (!effective.equals(ready.path(key).asText())) {
        missing.add(setting + ": " + effective + " (expected: ");
      }
    }
    boolean batch = ready.path("workerPolicyEffective").asText().equals("batch");
    assertThat(threads(process).stream().filter(t -> t.startsWith("shedlab-worker-")))
        .hasSize(2)
        .allMatch(thread -> thread.contains(" policy " + (batch ? 3 : 0) + " on "));
    process.toHandle().destroy();
    List<String> said = process.errorReader(UTF_8).lines().toList();
    assertThat(said).hasSameSizeAs(missing).allMatch(line -> line.contains("; not granted"));
    for (String setting : missing) {
      System.out.println("not granted here: " + setting);
      assertThat(said).anyMatch(line -> line.startsWith(setting));
    }
  }

  private static boolean mayRaisePriorities() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("CapEff:")) {
        return (Long.parseUnsignedLong(line.substring(8).strip(), 16) >> 23 & 1) == 1; // SYS_NICE
      }
    }
    return false;
  }

  private static void isSampled(Path samples) throws Exception {
    List<String> rows = Files.readAllLines(samples);
    assertThat(rows.get(0))
        .isEqualTo(
            "epoch_micros,limit,inflight,waiting,admitted,completed,shed_limit,shed_full,"
                + "shed_expired,shed_abandoned,shed_policed,worker_queue,cpu_micros,gc_micros,"
                + "received,shed,throttled_periods,throttled_micros,task_cpu_micros,task_units,"
                + "worker_cpu_micros,io_cpu_micros,jit_cpu_micros,gc_cpu_micros");
    assertThat(rows).hasSizeGreaterThan(2);
    long before = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      assertThat(cells).hasSize(24);
      assertThat(Long.parseLong(cells[0])).isGreaterThanOrEqualTo(before);
      before = Long.parseLong(cells[0]);
    }
    String[] last = rows.get(rows.size() - 1).split(",", -1);
    assertThat(List.of(last).subList(1, 11))
        .containsExactly("1", "0", "0", "1", "1", "0", "0", "0", "0", "0");
    assertThat(List.of(last).subList(14, 16)).containsExactly("1", "0");
    if (Files.exists(Path.of("/proc/self/schedstat"))) { // as this kernel counts
      assertThat(List.of(last).subList(20, 24)).allMatch(micros -> Long.parseLong(micros) > 0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--server=tomcat | server: tomcat (expected: one of undertow, jetty, netty)",
        "--port=0 | server: (not given) (expected: one of undertow, jetty, netty)",
        "--port | port: (not given) (expected: a value)",
        "strategies --check netflix-vega | strategy: netflix-vega (expected: one of netflix-vegas; all: none, fixed, ...",
        "strategies --check fixed:limit=0 | limit: 0 (expected: a whole number from 1 to 2097151)",
        "strategies --chek none | option: --chek (expected: one of [--markdown, --check])",
        "--server=netty --protocol=h2c | protocol: h2c (expected: one of http, https, h2)",
        "--server=netty --refuse-with=drop | refuse-with: drop (expected: one of 429, reset, connection)",
        "--server=netty --refuse-with=reset | refuse-with: reset (expected: 429 or connection; only with protocol h2 a stream is reset)",
        "--server=netty --port=x | port: x (expected: a whole number from 0 to 65535)",
        "--server=netty --workers=0 | workers: 0 (expected: a whole number from 1 to 1024)",
        "--server=netty --strategy=fixed:limit=0 | limit: 0 (expected: a whole number from 1 to 2097151)",
        "--server=netty --strategy=native:limit=4,queue=16 | strategy: native:limit=4,queue=16 (expected: undertow or jetty; netty has no limiter of its own)",
        "--server=undertow --strategy=native:limit=4,queue=0 | queue: 0 (expected: a whole number from 1 to 1000000)",
        "--server=jetty --compiler-nice=0 --host=no.invalid | host: no.invalid (expected: an address of this machine)",
        "--server=undertow --compiler-nice=0 --host=no.invalid | host: no.invalid (expected: an address of this machine)",
        "--server=netty --compiler-nice=0 --host=no.invalid | host: no.invalid (expected: an address of this machine)",
        "--server=netty --nice=1 | option: --nice=1 (expected: one of [--server, --strategy, --protocol, --refuse-with, --port, --host, --io-threads, --workers, --worker-nice, --worker-policy, --worker-slice, --compiler-nice, --task-on, --gate-on, --io-nice, --io-slice, --io-cpu, --retry-after, --task-units, --accept-backlog, --max-connections, --tick-millis, --samples, --sample-millis, --drain-seconds, --ends-with, --lease-seconds, --help])",
        "--server=netty --task-on=pool | task-on: pool (expected: one of workers, io, virtual)",
        "--server=netty --gate-on=virtual | gate-on: virtual (expected: one of io, workers, pool)",
        "--server=netty --io-nice=-21 | io-nice: -21 (expected: a whole number from -20 to 19)",
        "--server=netty --io-slice=1us | io-slice: 1us (expected: a duration from 100us to 100ms, or none)",
        "--server=netty --worker-slice=1s | worker-slice: 1s (expected: a duration from 100us to 100ms, or none)",
        "--server=netty --worker-policy=fifo | worker-policy: fifo (expected: one of other, batch)",
        "--server=netty --worker-nice=20 --worker-policy=batch | worker-nice: 20 (expected: 19 or less, to have a policy or a slice)",
        "--server=netty --io-cpu=2 | io-cpu: 2 (expected: one of shared, own)",
        "--server=netty --task-on=io --io-cpu=own | io-cpu: own (expected: shared; only workers can be kept off the I/O threads' CPU)",
        "--server=netty --strategy=none --gate-on=pool | gate-on: pool (expected: a limit of at most 1024 threads; this one is 2097151)",
        "--server=jetty --compiler-nice=0 --host=192.0.2.1 | host: 192.0.2.1 (expected: an address of this machine)",
        "--server=undertow --compiler-nice=0 --host=192.0.2.1 | host: 192.0.2.1 (expected: an address of this machine)",
        "--server=netty --compiler-nice=0 --host=192.0.2.1 | host: 192.0.2.1 (expected: an address of this machine)",
      })
  void refusesBadInput(String options, String refusal) {
    String said = refused(options.split(" ", -1));
    if (refusal.endsWith("...")) {
      assertThat(said).startsWith(refusal.substring(0, refusal.length() - 3));
    } else {
      assertThat(said).isEqualTo(refusal);
    }
  }

  @Test
  void aRefusalEndsTheProcess() throws Exception {
    assertThat(refusal(run("--server=tomcat")))
        .isEqualTo("server: tomcat (expected: one of undertow, jetty, netty)");
  }

  @Test
  void refusesSamplesThatCannotBeWritten() {
    String file = folder.resolve("missing/samples.csv").toString();
    assertThat(refused("--server=netty", "--compiler-nice=0", "--port=0", "--samples=" + file))
        .isEqualTo("samples: " + file + " (expected: a file that can be written)");
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void refusesAPortInUse(ServerKind kind) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refused("--server=" + kind, "--compiler-nice=0", "--port=" + taken.getLocalPort()))
          .isEqualTo("port: " + taken.getLocalPort() + " (expected: a free port)");
    }
  }
}
