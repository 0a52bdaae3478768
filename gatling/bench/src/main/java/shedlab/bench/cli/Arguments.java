package shedlab.bench.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a command line comes to. An option that is empty counts as not given. For one that is not
 * given the environment is asked: {@code SHEDLAB_SERVERS} stands for {@code --servers}, and no
 * other variable is believed.
 */
final class Arguments {
  private static final String PREFIX = "SHEDLAB_";

  private Arguments() {}

  static String[] of(CommandLine main, String[] given, Map<String, String> environment) {
    List<String> arguments = new ArrayList<>();
    Arrays.stream(given).filter(word -> !word.matches("--[a-z-]+=\\s*")).forEach(arguments::add);
    CommandLine command = arguments.isEmpty() ? null : main.getSubcommands().get(arguments.get(0));
    if (command != null) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        String name = option.longestName();
        String value = environment.getOrDefault(variable(name), "");
        boolean there =
            arguments.stream().anyMatch(word -> word.equals(name) || word.startsWith(name + "="));
        if (!option.hidden() && !option.usageHelp() && !there && !value.isBlank()) {
          arguments.add(name + "=" + value);
        }
      }
    }
    return arguments.toArray(String[]::new);
  }

  /** {@code SHEDLAB_SERVER_IMAGE} for {@code --server-image}. */
  private static String variable(String option) {
    return PREFIX + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
