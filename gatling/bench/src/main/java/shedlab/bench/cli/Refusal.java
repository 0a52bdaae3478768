package shedlab.bench.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import shedlab.spec.SpecException;

/**
 * Says of a command line that cannot be read what is wrong: {@code key: value (expected: rule)}.
 */
final class Refusal {
  private static final String NOT_GIVEN = "(not given)";

  private Refusal() {}

  static SpecException of(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof OverwrittenOptionException twice) {
      return new SpecException(key(twice.getOverwritten()), "(given twice)", "once");
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec first = missing.getMissing().get(0);
      return new SpecException(key(first), NOT_GIVEN, rule(first));
    }
    ArgSpec argument = e.getArgSpec();
    if (argument != null) {
      return new SpecException(key(argument), value(e), rule(argument));
    }
    return command.parent() == null
        ? new SpecException("command", value(e), "one of " + commands(e.getCommandLine()))
        : new SpecException("argument", value(e), "one of " + arguments(command));
  }

  private static String value(ParameterException e) {
    @Nullable String value =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched().get(0)
            : e.getValue();
    return Objects.requireNonNullElse(value, NOT_GIVEN);
  }

  private static String key(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName().replaceFirst("^--", "")
        : argument.paramLabel();
  }

  /** The description, as a part of a sentence. */
  private static String rule(ArgSpec argument) {
    String text = String.join(" ", argument.description()).replaceFirst("\\.$", "");
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static List<String> commands(CommandLine main) {
    return List.copyOf(main.getSubcommands().keySet());
  }

  private static List<String> arguments(CommandSpec command) {
    return Stream.concat(
            command.positionalParameters().stream().map(ArgSpec::paramLabel),
            command.options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName))
        .toList();
  }
}
