package shedlab.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own, as users start it, with the class path of the tests. */
record ServerProcess(Process process, BufferedReader out, JsonNode ready) implements AutoCloseable {
  /** The command line; the words before it, such as those of prlimit, come first. */
  static List<String> command(List<String> before, String... options) {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "shedlab.servers.ServerMain"));
    command.addAll(List.of(options));
    return command;
  }

  /** Starts it on any free port, and returns when it is ready. */
  static ServerProcess start(List<String> before, ServerKind kind, String... options)
      throws Exception {
    List<String> command = command(before, options);
    command.add("--compiler-nice=0"); // beside other tests a lowered one would hardly run
    command.add("--server=" + kind);
    command.add("--port=0");
    Process process = new ProcessBuilder(command).start();
    BufferedReader out = process.inputReader(UTF_8);
    return new ServerProcess(process, out, new ObjectMapper().readTree(out.readLine()));
  }

  int port() {
    return ready.path("port").asInt();
  }

  /** What it has written to standard error when it has ended. */
  String errors() throws Exception {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
