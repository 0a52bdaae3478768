package shedlab.bench.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/** A local process that writes a log. */
public final class LocalProcess {
  private static final long SECONDS_TO_END = 5;

  private final AtomicBoolean groupEnded = new AtomicBoolean();

  private final String name;
  private final Process process;
  private final Path log;

  /**
   * Starts one that prints one line of JSON when it is ready, and its errors into a log.
   *
   * @throws HostException if there is no such program
   */
  LocalProcess(String name, List<String> command, ProcessBuilder.Redirect input, Path log) {
    this(name, new ProcessBuilder(command).redirectError(log.toFile()).redirectInput(input), log);
  }

  /**
   * Starts any.
   *
   * @param builder whose output goes into the log
   * @throws HostException if there is no such program
   */
  public LocalProcess(String name, ProcessBuilder builder, Path log) {
    this.name = name;
    this.log = log;
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      process = builder.start();
    } catch (IOException e) {
      throw new HostException(name, HostException.reason(e), "a program that starts", e);
    }
  }

  /**
   * Waits for the line.
   *
   * @throws HostException if it does not come; then the process has been ended, or it would go on
   *     taking CPU time from whatever is started next
   */
  public JsonNode awaitReady(Duration within) {
    boolean isReady = false;
    try {
      JsonNode line = readyLine(within);
      isReady = true;
      return line;
    } finally {
      if (!isReady) {
        end();
      }
    }
  }

  private JsonNode readyLine(Duration within) {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String rule = "ready within " + within.toSeconds() + " s";
    try {
      String line =
          CompletableFuture.supplyAsync(() -> firstLine(output))
              .get(within.toMillis(), TimeUnit.MILLISECONDS);
      if (line.isEmpty()) {
        throw ended(name, "ended", rule, lastLine());
      }
      return new ObjectMapper().readTree(line);
    } catch (TimeoutException | ExecutionException e) {
      throw new HostException(
          withLastLine(SpecException.message(name, "not ready", rule), lastLine()), e);
    } catch (JsonProcessingException e) {
      throw new HostException(name, "not ready", rule + "; its first line is not JSON", e);
    } catch (InterruptedException e) {
      throw HostException.interrupted(name, e);
    }
  }

  /** For a program that did not start: its own last line, if that says what is wrong. */
  public static HostException ended(String name, String how, String rule, String lastLine) {
    return lastLine.contains(" (expected: ")
        ? new HostException(name + ": " + lastLine)
        : new HostException(withLastLine(SpecException.message(name, how, rule), lastLine));
  }

  /** A message about a program, with the last line that it wrote: the one form for it. */
  public static String withLastLine(@Nullable String message, String lastLine) {
    String end = "; its last line: " + lastLine;
    String said = Objects.requireNonNullElse(message, "");
    return said.endsWith(")") ? said.substring(0, said.length() - 1) + end + ")" : said + end;
  }

  /** The first line of JSON: a JVM that records itself tells its options before. */
  private static String firstLine(BufferedReader reader) {
    try {
      String line = reader.readLine();
      while (line != null && !line.startsWith("{")) {
        line = reader.readLine();
      }
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** The process itself. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** The last line of its log. */
  public String lastLine() {
    try {
      return Programs.lastLine(new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  /** Writes an empty line to its standard input; false if it takes none any more. */
  public boolean takesLine() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks it to end, and waits until it has or the time is over. */
  void askToEnd(Duration within) {
    process.destroy();
    await(within.toSeconds());
  }

  /** At once. Any thread, any number of times. */
  public void end() {
    process.destroyForcibly();
    await(SECONDS_TO_END);
  }

  /**
   * Ends it and every other process of its group, of which it is the first: it may tidy up for a
   * second. Any thread, any number of times.
   */
  public void endGroup() {
    if (!groupEnded.compareAndSet(false, true)) {
      return; // its number may be somebody else's by now
    }
    process.destroy();
    await(1);
    try {
      new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (IOException e) {
      // No such program: then the process itself is all that can be ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  /** The code with which it ends by itself; empty if it has not by then. */
  public OptionalInt code(Duration within) {
    try {
      return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      throw HostException.interrupted(name, e);
    }
  }

  private void await(long seconds) {
    try {
      process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
