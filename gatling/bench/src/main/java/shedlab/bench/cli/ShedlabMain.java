package shedlab.bench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import shedlab.bench.advise.AdviseCommand;
import shedlab.bench.cleanrate.CleanRateCommand;
import shedlab.bench.conformance.ConformanceCommand;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.HostException;
import shedlab.bench.host.HostGoneException;
import shedlab.bench.league.LeagueCommand;
import shedlab.bench.league.MetastableCommand;
import shedlab.bench.protocols.ProtocolsCommand;
import shedlab.bench.refusals.RefusalsCommand;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/**
 * The command line. The exit codes are those in its help; bad input is told in one line and leaves
 * nothing half-written, a bug shows its stack trace.
 */
@Command(
    name = "shedlab",
    description = "Compares load-shedding strategies on Undertow, Jetty and Netty.",
    subcommands = {
      BenchCommand.class,
      CapacityCommand.class,
      SimulateCommand.class,
      LeagueCommand.class,
      MetastableCommand.class,
      RefusalsCommand.class,
      ProtocolsCommand.class,
      CleanRateCommand.class,
      ConformanceCommand.class,
      AdviseCommand.class,
      ReportCommand.class,
      VerifyCommand.class,
      PublishCommand.class,
      CompareCommand.class,
      GateCommand.class,
      IndexCommand.class,
      DoctorCommand.class,
      SettingsCommand.class,
      HelpCommand.class
    },
    customSynopsis = "shedlab COMMAND [OPTIONS]",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the run broke off; the same command resumes it",
      "2:bad input, or a machine that cannot run it; one line says what was expected",
      "3:verify found numbers that do not follow from the raw files",
      "4:done, but not reliable: over 10 %% of the cells are invalid, what capacity found rests on an"
          + " invalid one, or a strict doctor warned",
      "5:gate found a regression",
      "6:gate cannot compare the two runs",
      "7:no cell is valid, or no load keeps the objective: there is no answer",
      "8:conformance found that the target breaks a necessary rule, or does not know"
    },
    footerHeading = "%n",
    footer = {
      "'shedlab help COMMAND' lists the options of a command. For an option that is not given, the",
      "environment is asked: SHEDLAB_SERVERS stands for --servers."
    })
public final class ShedlabMain {
  static final int BROKE_OFF = 1;
  static final int BAD_INPUT = 2;
  static final int DIFFERS = 3;
  static final int DOUBTFUL = 4;
  static final int REGRESSION = 5;
  static final int NOT_COMPARABLE = 6;
  static final int NO_ANSWER = 7;
  private static final int HELP_WIDTH = 100;

  ShedlabMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    if (System.getProperty(Strategies.PLUG_INS) == null) {
      System.setProperty(Strategies.PLUG_INS, Distributions.PLUG_INS);
    }
    System.exit(strategiesLoad() ? execute(arguments) : BAD_INPUT);
  }

  /** Tells in one line what is wrong with somebody's jar, before many classes need it. */
  private static boolean strategiesLoad() {
    try {
      Strategies.installed();
      return true;
    } catch (SpecException e) {
      say(e.getMessage());
      return false;
    }
  }

  static int execute(String... arguments) {
    Locale.setDefault(Locale.ROOT); // nothing that is written depends on the language of the user
    CommandLine main = commandLine();
    return main.setParameterExceptionHandler((e, args) -> say(Refusal.of(e).getMessage()))
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e))
        .execute(Arguments.of(main, arguments, System.getenv()));
  }

  /** All commands; each shows its help for {@code --help}, options in the order of the code. */
  static CommandLine commandLine() {
    CommandLine main = new CommandLine(new ShedlabMain());
    addHelp(main);
    main.getSubcommands().forEach((name, command) -> addHelp(command));
    return main.setUsageHelpWidth(HELP_WIDTH);
  }

  private static void addHelp(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage().sortOptions(false);
    if (command.getCommand() instanceof HelpCommand) { // which has the option already
      spec.usageMessage()
          .header(new String[0])
          .synopsisHeading("Usage: ")
          .description("Shows this help, or that of a command.");
    } else {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .type(boolean.class)
              .arity("0")
              .usageHelp(true)
              .description("Shows this help.")
              .build());
    }
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
      return explain(Objects.requireNonNull(io.getCause()));
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
