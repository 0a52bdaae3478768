package shedlab.bench.machines;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/**
 * A machine as a user names it: {@code ENGINE} or {@code ENGINE/ADDRESS}.
 *
 * @param engine its Docker engine: {@code ssh://user@host}, {@code tcp://host:port} or the name of
 *     a Docker context
 * @param address by which the other machines reach it; empty if that is the engine's
 */
public record MachineAddress(String engine, String address) {
  /** How one is written. */
  static final String RULE =
      "ssh://user@host, tcp://host:port or the name of a Docker context; /ADDRESS after it if the"
          + " other machines reach it there";

  private static final String HOST = "(\\[[0-9a-fA-F:.]+]|[\\w.-]+)";

  private static final Pattern URL =
      Pattern.compile(
          "((?:ssh|tcp)://(?:[\\w.+-]+@)?" + HOST + "(?::[0-9]{1,5})?)(?:/([\\w.:-]+))?");

  private static final Pattern CONTEXT = Pattern.compile("([a-zA-Z0-9][\\w.+-]*)(?:/([\\w.:-]+))?");

  /**
   * Reads one.
   *
   * @throws SpecException if it is none
   */
  static MachineAddress parse(String text) {
    Matcher url = URL.matcher(text);
    if (url.matches()) {
      return new MachineAddress(url.group(1), orEmpty(url.group(3)));
    }
    Matcher context = CONTEXT.matcher(text);
    if (context.matches()) {
      return new MachineAddress(context.group(1), orEmpty(context.group(2)));
    }
    throw new SpecException("machine", text, RULE);
  }

  /** The words before a command of the program {@code docker} for this engine. */
  List<String> docker() {
    return List.of("docker", isContext() ? "--context" : "--host", engine);
  }

  /** Whether the engine is known to the program {@code docker} by a name. */
  boolean isContext() {
    return !engine.contains("://");
  }

  /** The host in a URL of an engine; empty if it has none, as that of a local socket. */
  static String host(String url) {
    Matcher matcher = URL.matcher(url);
    return matcher.matches() ? matcher.group(2).replaceAll("[\\[\\]]", "") : "";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public String toString() {
    return address.isEmpty() ? engine : engine + "/" + address;
  }
}
