package shedlab.bench.machines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import shedlab.bench.host.HostException;
import shedlab.bench.host.HostGoneException;
import shedlab.bench.host.Programs;

/** A Docker engine on another machine, by the program {@code docker}. Any thread. */
final class RemoteEngine {
  /** For what takes a moment. */
  static final Duration SOON = Duration.ofSeconds(60);

  /** For an image that is pulled or copied. */
  static final Duration IMAGE = Duration.ofMinutes(10);

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final MachineAddress machine;

  /** The engine of a machine; it is not asked yet. */
  RemoteEngine(MachineAddress machine) {
    this.machine = machine;
  }

  /** How a user names it. */
  String name() {
    return machine.engine();
  }

  /** The whole command of the program. */
  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(machine.docker());
    command.addAll(words);
    return command;
  }

  /**
   * What a command prints.
   *
   * @param what for the message if it fails
   * @throws HostException if it fails
   * @throws HostGoneException if it fails because the engine does not answer any more
   */
  String ask(String what, Duration within, List<String> words) {
    Answer answer = run(List.of(new ProcessBuilder(command(words))), within);
    if (answer.succeeded()) {
      return answer.output();
    }
    HostException cause =
        new HostException(what + " on " + name(), answer.problem(), "the engine's answer");
    mustBeThere(cause);
    throw cause;
  }

  /** The same, for what takes a moment. */
  String ask(String what, String... words) {
    return ask(what, SOON, List.of(words));
  }

  /** What a command comes to, whatever that is. */
  Answer tried(String... words) {
    return run(List.of(new ProcessBuilder(command(List.of(words)))), SOON);
  }

  /** What the program says if it is asked for the engine's version. */
  Answer version() {
    return run(
        List.of(
            new ProcessBuilder(command(List.of("version", "--format", "{{.Server.APIVersion}}")))),
        SIGN_OF_LIFE);
  }

  /** Whether it answers now. */
  boolean isThere() {
    return version().succeeded();
  }

  /** Whatever has just failed may be the first sign that it is gone. */
  void mustBeThere(RuntimeException sign) {
    if (!isThere()) {
      throw new HostGoneException(
          "machine", name(), "a Docker engine that answers until the run ends", sign);
    }
  }

  /** Hands what the local engine prints to this one: an image. */
  Answer load(List<String> saving) {
    return run(
        List.of(
            new ProcessBuilder(saving), new ProcessBuilder(command(List.of("load", "--quiet")))),
        IMAGE);
  }

  /**
   * What a command came to.
   *
   * @param problem its last line on standard error, or how it ended; empty if it succeeded
   */
  record Answer(String output, String problem) {
    boolean succeeded() {
      return problem.isEmpty();
    }
  }

  /** Runs programs, each with the output of the one before it. */
  static Answer run(List<ProcessBuilder> programs, Duration within) {
    try {
      Path output = Files.createTempFile("shedlab-", ".out");
      Path errors = Files.createTempFile("shedlab-", ".err");
      try {
        programs.get(programs.size() - 1).redirectOutput(output.toFile());
        programs.forEach(
            program -> program.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())));
        programs.get(0).redirectInput(Path.of("/dev/null").toFile());
        List<Process> processes = ProcessBuilder.startPipeline(programs);
        String problem = problem(processes, within);
        return problem.isEmpty()
            ? new Answer(Files.readString(output), "")
            : new Answer("", lastLine(Files.readString(errors), problem));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new HostException("docker", HostException.reason(e), "a program that starts", e);
    }
  }

  /** Empty if all end well within the time. */
  private static String problem(List<Process> processes, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    try {
      String problem = "";
      for (Process process : processes) {
        if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return "no answer within " + within.toSeconds() + " s";
        }
        problem = process.exitValue() == 0 ? problem : "code " + process.exitValue();
      }
      return problem;
    } catch (InterruptedException e) {
      throw HostException.interrupted("docker", e);
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static String lastLine(String errors, String otherwise) {
    return errors.isBlank() ? otherwise : Programs.lastLine(errors);
  }

  @Override
  public String toString() {
    return name();
  }
}
