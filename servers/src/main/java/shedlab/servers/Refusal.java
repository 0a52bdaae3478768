package shedlab.servers;

import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import shedlab.servers.host.ServerConfig;
import shedlab.strategy.Strategies;

/** Checks what the command line says; a refusal is {@code key: value (expected: rule)}. */
final class Refusal {
  private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,9}");

  private Refusal() {}

  static IllegalArgumentException of(String key, String value, String rule) {
    return new IllegalArgumentException(key + ": " + value + " (expected: " + rule + ")");
  }

  /** A command line that picocli cannot read. */
  static IllegalArgumentException of(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return of("option", unmatched.getUnmatched().get(0), "one of " + options(e));
    }
    if (e instanceof CommandLine.MissingParameterException missing
        && !missing.getMissing().isEmpty()) {
      String option =
          missing.getMissing().get(0) instanceof CommandLine.Model.OptionSpec named
              ? named.longestName().substring(2)
              : "option";
      return of(option, "(not given)", "a value");
    }
    return of("option", String.valueOf(e.getMessage()), "each option once, with a value");
  }

  private static String options(CommandLine.ParameterException e) {
    return e.getCommandLine().getCommandSpec().options().stream()
        .map(CommandLine.Model.OptionSpec::longestName)
        .toList()
        .toString();
  }

  static int whole(String key, String text, int min, int max) {
    int value = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : Integer.MIN_VALUE;
    if (value < min || value > max) {
      throw of(key, text, "a whole number from " + min + " to " + max);
    }
    return value;
  }

  static <E extends Enum<E>> E oneOf(String key, String text, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw of(key, text, "one of " + String.join(", ", names));
  }

  static Path path(String key, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw of(key, text, "a path");
    }
  }

  /** The canonical text. */
  static String strategy(String text) {
    return Strategies.installed().parse(text).toString();
  }

  /** Why a server did not start, if that is the input's fault; else the failure itself. */
  static Exception toStart(ServerConfig config, Exception failure) {
    if (failure instanceof java.nio.file.FileSystemException
        || failure instanceof SecurityException) {
      return of("samples", String.valueOf(config.samples()), "a file that can be written");
    }
    if (find(failure, UnresolvedAddressException.class) != null
        || find(failure, UnknownHostException.class) != null) {
      return of("host", config.host(), "an address of this machine");
    }
    BindException bind = find(failure, BindException.class);
    if (bind != null) {
      String reason = String.valueOf(bind.getMessage());
      if (reason.contains("assign")) {
        return of("host", config.host(), "an address of this machine");
      }
      return of(
          "port",
          Integer.toString(config.port()),
          reason.contains("ermission") ? "a port this user may open" : "a free port");
    }
    return failure;
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
    }
    return null;
  }
}
