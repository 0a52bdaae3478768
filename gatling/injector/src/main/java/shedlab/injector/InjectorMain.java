package shedlab.injector;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The load generator as a process: waits for jobs (see {@link ControlServer}) and runs one after
 * the other. Long-lived on purpose: a cold JVM measures its own compiler.
 *
 * <p>Its standard output is one line of JSON, once it is ready; whatever Gatling prints goes to
 * {@code injector.log} in its folder. It ends when the process ends that it should end with, when
 * its standard input falls silent, or when there was no request for a while, so that it does not
 * outlive a dead runner. Needs {@code --add-opens=java.base/java.lang=ALL-UNNAMED}.
 */
@Command(name = "injector", description = "Runs load jobs that it gets over HTTP.")
public final class InjectorMain implements Callable<Integer> {
  private static final int NOT_STARTED = 1;

  /** Its exit code when whoever started it is gone. */
  static final int ORPHAN = 3;

  @Option(names = "--host", description = "Address to listen on (${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(names = "--port", description = "Port to listen on; 0 for any (${DEFAULT-VALUE}).")
  private int port = 0;

  @Option(names = "--folder", required = true, description = "Where it works and logs.")
  private Path folder = Path.of(".");

  @Option(
      names = "--idle-exit-seconds",
      description = "Ends after so long without a request or a job (${DEFAULT-VALUE}).")
  private int idleExitSeconds = 120;

  @Option(names = "--ends-with", description = "Id of a process; ends when that has ended.")
  private long endsWith = 0;

  @Option(
      names = "--lease-seconds",
      description = "Ends when its standard input ends or is silent for so long; 0: never.")
  private int leaseSeconds = 0;

  private InjectorMain() {}

  /** Exits with 0 when idle, 1 if it could not start, 2 for a wrong option. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new InjectorMain()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!String.class.getModule().isOpen("java.lang", InjectorMain.class.getModule())) {
      System.err.println(
          "java.base: closed (expected: JVM option --add-opens=java.base/java.lang=ALL-UNNAMED)");
      return NOT_STARTED;
    }
    if (endsWith > 0) {
      Runnable halt = () -> Runtime.getRuntime().halt(ORPHAN);
      var watched = ProcessHandle.of(endsWith).map(other -> other.onExit().thenRun(halt));
      if (watched.isEmpty()) {
        halt.run();
      }
    }
    if (leaseSeconds > 0) {
      Lease.hold(leaseSeconds);
    }
    Files.createDirectories(folder);
    Path home = folder.toAbsolutePath().normalize();
    PrintStream ready = System.out;
    try (PrintStream log =
        new PrintStream(
            Files.newOutputStream(home.resolve("injector.log")), true, StandardCharsets.UTF_8)) {
      // Before the first class of Gatling, which prints to both.
      System.setOut(log);
      System.setErr(log);
      Offline.enforce(home.resolve("prefs"));
      serve(home, ready);
    }
    return 0;
  }

  private void serve(Path home, PrintStream ready) throws IOException, InterruptedException {
    try (ControlServer server = new ControlServer(new InetSocketAddress(host, port), home)) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("ready", true);
      line.put("port", server.port());
      line.put("pid", ProcessHandle.current().pid());
      line.put("gatling", GatlingLog.VERSION);
      ready.println(new JsonMapper().writeValueAsString(line));
      ready.flush();
      long idleNanos = TimeUnit.SECONDS.toNanos(idleExitSeconds);
      while (server.idleNanos() < idleNanos) {
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }
}
