package shedlab.bench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import shedlab.bench.host.HostException;
import shedlab.bench.host.HostGoneException;

/**
 * The command line. Exit codes: 0 done, 1 the run broke off (a bug shows its stack trace), 2 bad
 * input or a machine that cannot do it (one line, nothing half-written), 3 numbers that do not
 * follow from the raw files, 4 done, but not to be relied on: more than a tenth of the cells are
 * invalid, or a strict doctor had warnings, 5 a regression, 6 two runs that cannot be compared.
 */
@Command(
    name = "shedlab",
    description = "Compares load-shedding strategies on Undertow, Jetty and Netty.",
    subcommands = {
      BenchCommand.class,
      SimulateCommand.class,
      ReportCommand.class,
      VerifyCommand.class,
      PublishCommand.class,
      CompareCommand.class,
      GateCommand.class,
      IndexCommand.class,
      DoctorCommand.class,
      SettingsCommand.class
    },
    mixinStandardHelpOptions = true)
public final class ShedlabMain {
  static final int BROKE_OFF = 1;
  static final int BAD_INPUT = 2;
  static final int DIFFERS = 3;
  static final int DOUBTFUL = 4;
  static final int REGRESSION = 5;
  static final int NOT_COMPARABLE = 6;

  ShedlabMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    CommandLine main = new CommandLine(new ShedlabMain());
    return main.setParameterExceptionHandler((e, args) -> oneLine(e))
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e))
        .execute(Arguments.of(main, arguments, System.getenv()));
  }

  private static int oneLine(ParameterException e) {
    return say(String.valueOf(e.getMessage()));
  }

  private static int explain(Exception e) throws Exception {
    if (e instanceof HostException || e instanceof IllegalArgumentException) {
      return say(String.valueOf(e.getMessage()));
    }
    if (e instanceof HostGoneException) {
      say(e.getMessage());
      // At exit Testcontainers looks for its containers, and would tell the same with a stack
      // trace.
      Thread.setDefaultUncaughtExceptionHandler((thread, again) -> {});
      return BROKE_OFF;
    }
    if (e instanceof UncheckedIOException io) {
      return say(String.valueOf(io.getCause()));
    }
    if (e instanceof IOException) {
      return say(e.getClass().equals(IOException.class) ? e.getMessage() : e.toString());
    }
    throw e;
  }

  private static int say(@Nullable String message) {
    System.err.println("shedlab: " + String.valueOf(message).lines().findFirst().orElse(""));
    return BAD_INPUT;
  }
}
