package shedlab.servers.endpoint;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of HTTP/1.1 (RFC 9110 and 9112) that some servers' parsers check and others do not,
 * checked here for all of them, so that the same bytes get the same answer. To be asked before the
 * body is read. Valid input allocates nothing.
 */
public final class MessageRules {
  private MessageRules() {}

  /**
   * The reply to a message that breaks a rule; null if it breaks none.
   *
   * @param method as sent
   * @param target the request target as sent, or its path and query if the parser has checked it
   * @param version such as {@code HTTP/1.1}
   * @param fields from the name of a header field to the values of its lines, in order
   */
  public static @Nullable Reply refusal(
      String method, String target, String version, Function<String, List<String>> fields) {
    boolean old = version.equals("HTTP/1.0");
    if (!version.startsWith("HTTP/1.") || !isTarget(method, target)) {
      return Reply.MALFORMED;
    }
    @Nullable Reply framing = ofFraming(old, fields);
    return framing == null ? ofMeaning(method, old, fields) : framing;
  }

  /** The same for a request in frames of HTTP/2, which are its parser's business. */
  public static @Nullable Reply framedRefusal(
      String method, String target, Function<String, List<String>> fields) {
    return isTarget(method, target) ? ofMeaning(method, false, fields) : Reply.MALFORMED;
  }

  private static @Nullable Reply ofMeaning(
      String method, boolean old, Function<String, List<String>> fields) {
    List<String> expectations = fields.apply("Expect");
    if (!old && !expectations.isEmpty() && !isContinue(expectations)) {
      return Reply.EXPECTATION_FAILED;
    }
    return method.equals("CONNECT") ? Reply.NO_TUNNEL : null;
  }

  private static @Nullable Reply ofFraming(boolean old, Function<String, List<String>> fields) {
    List<String> hosts = fields.apply("Host");
    if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
      return Reply.MALFORMED;
    }
    if (!hosts.isEmpty() && !isHost(hosts.get(0).strip())) {
      return Reply.MALFORMED;
    }
    List<String> codings = fields.apply("Transfer-Encoding");
    return codings.isEmpty() ? null : old ? Reply.MALFORMED : ofCodings(codings);
  }

  /** Whether a list in one or more lines of a field has this option. Options know no case. */
  public static boolean lists(List<String> lines, String option) {
    for (String line : lines) {
      for (String item : line.split(",", -1)) {
        if (item.strip().equalsIgnoreCase(option)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isContinue(List<String> expectations) {
    return expectations.size() == 1 && expectations.get(0).strip().equalsIgnoreCase("100-continue");
  }

  /** RFC 9112, 6.1 and 6.3: chunked is the last coding, once, and the only one spoken here. */
  private static @Nullable Reply ofCodings(List<String> lines) {
    if (lines.size() == 1 && lines.get(0).strip().equalsIgnoreCase("chunked")) {
      return null;
    }
    String[] codings = String.join(",", lines).split(",", -1);
    for (int i = 0; i < codings.length; i++) {
      boolean chunked = codings[i].strip().equalsIgnoreCase("chunked");
      if (chunked != (i == codings.length - 1)) {
        return Reply.MALFORMED;
      }
    }
    return Reply.NOT_IMPLEMENTED;
  }

  /** RFC 9112, 3.2: a path, an absolute form, an asterisk, or an authority to connect to. */
  private static boolean isTarget(String method, String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return false;
      }
      if (c == '%' && !(isHex(target, i + 1) && isHex(target, i + 2))) {
        return false;
      }
    }
    if (method.equals("CONNECT")) {
      return true;
    }
    boolean form = target.startsWith("/") || target.indexOf("://") > 0 || target.equals("*");
    boolean dots = target.contains("/..") || target.contains("%2e") || target.contains("%2E");
    return form && (!dots || staysBelowRoot(RequestTarget.of(target).path()));
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }

  /** RFC 3986, 6.2.2: an encoded dot is a dot. */
  private static boolean staysBelowRoot(String path) {
    int depth = 0;
    for (String coded : path.substring(1).split("/", -1)) {
      String segment = coded.replace("%2e", ".").replace("%2E", ".");
      depth += segment.equals("..") ? -1 : segment.equals(".") ? 0 : 1;
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  /** {@code uri-host [ ":" port ]}; a URI of http has a host (RFC 9110, 4.2.1). */
  private static boolean isHost(String host) {
    int end = host.indexOf(']');
    int at = 0;
    if (host.startsWith("[")) {
      for (at = 1; at < end; at++) {
        if (host.charAt(at) != ':' && host.charAt(at) != '.' && !isHex(host, at)) {
          return false;
        }
      }
      at++;
      if (end < 0) {
        return false;
      }
    } else {
      while (at < host.length() && isHostCharacter(host.charAt(at))) {
        at++;
      }
    }
    if (at == host.length()) {
      return at > 0;
    }
    if (at == 0 || host.charAt(at) != ':') {
      return false;
    }
    for (at++; at < host.length(); at++) {
      if (host.charAt(at) < '0' || host.charAt(at) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHostCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~%!$&'()*+,;=".indexOf(c) >= 0;
  }
}
