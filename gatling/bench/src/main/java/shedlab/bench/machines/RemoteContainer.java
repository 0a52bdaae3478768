package shedlab.bench.machines;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.host.HostException;
import shedlab.bench.host.LocalProcess;

/**
 * A container of ours on another machine. A program here is attached to it, and its standard input
 * is the container's: when the program ends, whatever ended it, the container does too.
 */
final class RemoteContainer {
  private static final Duration READY = Duration.ofSeconds(60);

  private final RemoteMachine machine;
  private final String role;
  private final String id;
  private final LocalProcess attached;
  private final JsonNode ready;

  private RemoteContainer(
      RemoteMachine machine, String role, String id, LocalProcess attached, JsonNode ready) {
    this.machine = machine;
    this.role = role;
    this.id = id;
    this.attached = attached;
    this.ready = ready;
  }

  /**
   * Starts one, and waits until it is ready.
   *
   * @param pulse what keeps it alive, from its first moment
   * @param log what it writes to standard error goes there
   * @throws HostException if it does not become ready
   */
  static RemoteContainer start(
      RemoteMachine machine, ContainerRequest request, Pulse pulse, Path log) {
    RemoteEngine engine = machine.engine();
    String what = request.role();
    String id = engine.ask(what, RemoteEngine.SOON, request.create(RemoteMachine.labels())).strip();
    try {
      request
          .folders()
          .forEach(
              (path, folder) ->
                  engine.ask(
                      what, RemoteEngine.IMAGE, List.of("cp", folder.toString(), id + ":" + path)));
      ProcessBuilder attaching =
          new ProcessBuilder(engine.command(List.of("start", "--attach", "--interactive", id)))
              .redirectError(log.toFile());
      LocalProcess attached = new LocalProcess(what + " on " + engine, attaching, log);
      pulse.keepAlive(attached);
      JsonNode ready;
      try {
        ready = attached.awaitReady(READY);
      } catch (HostException e) {
        engine.mustBeThere(e);
        throw e;
      }
      return new RemoteContainer(machine, what, id, attached, ready);
    } catch (RuntimeException e) {
      remove(engine, id);
      throw e;
    }
  }

  /** The line that it printed when it was ready. */
  JsonNode ready() {
    return ready;
  }

  /** Where it listens. */
  URI url() {
    return machine.url(ready.path("port").asInt());
  }

  /** The last line that it wrote. */
  String lastLine() {
    return attached.lastLine();
  }

  /**
   * Does nothing while it is attached to its program here. An engine that dies leaves its
   * containers running: such a container answers, but nothing holds it any more.
   *
   * @throws HostException naming the machine if it is not
   */
  void mustBeAttached() {
    if (!attached.handle().isAlive()) {
      throw machine.engine().isThere()
          ? new HostException(
              role + " on " + machine.engine(),
              "ended",
              "to run until the run ends; its last line: " + lastLine())
          : new HostException(
              role + " on " + machine.engine(),
              "its Docker engine is gone",
              "one that answers until the run ends");
    }
  }

  /** The text of a file in it. */
  String file(String path) {
    try {
      Path copy = Files.createTempFile("shedlab-", ".copy");
      try {
        machine.engine().ask(role + ": " + path, "cp", id + ":" + path, copy.toString());
        return Files.readString(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new HostException(role + ": " + path, HostException.reason(e), "a readable file", e);
    }
  }

  /**
   * What a program in it prints.
   *
   * @throws HostException if it fails
   */
  String printed(String... program) {
    List<String> words = new ArrayList<>(List.of("exec", id));
    words.addAll(List.of(program));
    return machine.engine().ask(role + ": " + program[0], RemoteEngine.SOON, words);
  }

  /** Changes how much of its CPUs it may have. */
  void update(String... options) {
    List<String> words = new ArrayList<>(List.of("update"));
    words.addAll(List.of(options));
    words.add(id);
    machine.engine().ask(role, RemoteEngine.SOON, words);
  }

  /** At once. Any thread, any number of times. */
  void end() {
    remove(machine.engine(), id);
    attached.end();
  }

  /** If its engine is gone, it ends by itself. */
  private static void remove(RemoteEngine engine, String id) {
    engine.tried("rm", "--force", "--volumes", id);
  }
}
