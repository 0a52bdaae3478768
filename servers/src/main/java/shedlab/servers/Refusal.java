package shedlab.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import shedlab.servers.host.ServerConfig;
import shedlab.spec.SpecException;

/** What is wrong with the input, as {@code key: value (expected: rule)}. */
final class Refusal {
  /** Of the ports below it a user may open none, unless the system says so. */
  private static final int PRIVILEGED = 1_024;

  private Refusal() {}

  /** A command line that picocli cannot read. */
  static IllegalArgumentException of(CommandLine.ParameterException e) {
    if (e.getCause() instanceof SpecException broken) {
      return broken;
    }
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return new SpecException("option", unmatched.getUnmatched().get(0), "one of " + options(e));
    }
    if (e instanceof CommandLine.MissingParameterException missing
        && !missing.getMissing().isEmpty()) {
      String option =
          missing.getMissing().get(0) instanceof CommandLine.Model.OptionSpec named
              ? named.longestName().substring(2)
              : "option";
      return new SpecException(option, "(not given)", "a value");
    }
    return new SpecException(
        "option", String.valueOf(e.getMessage()), "each option once, with a value");
  }

  private static String options(CommandLine.ParameterException e) {
    return e.getCommandLine().getCommandSpec().options().stream()
        .map(CommandLine.Model.OptionSpec::longestName)
        .toList()
        .toString();
  }

  /** Why a server did not start, if that is the input's fault; else the failure itself. */
  static Exception toStart(ServerConfig config, Exception failure) {
    if (failure instanceof java.nio.file.FileSystemException
        || failure instanceof SecurityException) {
      return new SpecException(
          "samples", String.valueOf(config.sampling().file()), "a file that can be written");
    }
    if (find(failure, UnresolvedAddressException.class) != null
        || find(failure, UnknownHostException.class) != null) {
      return new SpecException("host", config.listening().host(), "an address of this machine");
    }
    if (find(failure, BindException.class) != null) {
      return isOfThisMachine(config.listening().host())
          ? new SpecException(
              "port",
              config.listening().port(),
              config.listening().port() < PRIVILEGED
                  ? "a free port that this user may open"
                  : "a free port")
          : new SpecException("host", config.listening().host(), "an address of this machine");
    }
    return failure;
  }

  /** The failure's own message would tell, in the language of the user. */
  private static boolean isOfThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
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
