package shedlab.servers.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Ticket;

/** What a request says about itself in its header fields. Valid input allocates nothing. */
final class Attributes {
  /** RFC 9218. */
  static final String PRIORITY = "Priority";

  /** Milliseconds from arrival in which an answer is useful. */
  static final String DEADLINE = "Shedlab-Deadline";

  /** Any text that names the client; without it the address stands for the client. */
  static final String CLIENT = "Shedlab-Client";

  private static final int DEFAULT_URGENCY = 3;
  private static final int MOST_MILLIS = 3_600_000;

  private Attributes() {}

  /**
   * The urgency {@code u} of a Priority field (RFC 9218, a structured dictionary): 3 if it is
   * absent, of another type or out of range, or if the field is malformed. The last one counts.
   */
  static int urgency(@Nullable String field) {
    if (field == null) {
      return DEFAULT_URGENCY;
    }
    int urgency = DEFAULT_URGENCY;
    int at = skip(field, 0, " ");
    int end = field.length();
    while (at < end) {
      int key = at;
      at = key(field, at);
      if (at == key) {
        return DEFAULT_URGENCY;
      }
      boolean isUrgency = at - key == 1 && field.charAt(key) == 'u';
      int value = at + 1;
      boolean valued = at < end && field.charAt(at) == '=';
      at = valued ? item(field, value) : at;
      if (at < 0) {
        return DEFAULT_URGENCY;
      }
      if (isUrgency) {
        boolean digit = valued && at - value == 1 && Character.isDigit(field.charAt(value));
        int given = digit ? field.charAt(value) - '0' : DEFAULT_URGENCY;
        urgency = given <= 7 ? given : DEFAULT_URGENCY;
      }
      at = parameters(field, at);
      if (at < 0) {
        return DEFAULT_URGENCY;
      }
      at = skip(field, at, " \t");
      if (at < end) {
        if (field.charAt(at) != ',') {
          return DEFAULT_URGENCY;
        }
        at = skip(field, at + 1, " \t");
        if (at == end) {
          return DEFAULT_URGENCY; // a comma at the end
        }
      }
    }
    return urgency;
  }

  private static int parameters(String field, int from) {
    int at = from;
    while (at >= 0 && at < field.length() && field.charAt(at) == ';') {
      int key = skip(field, at + 1, " ");
      at = key(field, key);
      if (at == key) {
        return -1;
      }
      if (at < field.length() && field.charAt(at) == '=') {
        at = item(field, at + 1);
      }
    }
    return at;
  }

  private static int key(String field, int from) {
    int at = from;
    while (at < field.length()
        && (isLower(field.charAt(at))
            || (at > from
                && (isDigit(field.charAt(at)) || "_-.".indexOf(field.charAt(at)) >= 0)))) {
      at++;
    }
    return at;
  }

  /** The end of a number, token, boolean or string; -1 for what else there may be. */
  private static int item(String field, int from) {
    int end = field.length();
    if (from < end && field.charAt(from) == '"') {
      int close = field.indexOf('"', from + 1);
      return close < 0 || field.lastIndexOf('\\', close) > from ? -1 : close + 1;
    }
    int at = from;
    while (at < end && field.charAt(at) > ' ' && ",;\"()=".indexOf(field.charAt(at)) < 0) {
      at++;
    }
    return at == from ? -1 : at;
  }

  private static int skip(String field, int from, String blanks) {
    int at = from;
    while (at < field.length() && blanks.indexOf(field.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isLower(char c) {
    return (c >= 'a' && c <= 'z') || c == '*';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * How long after arrival an answer is useful.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)}
   */
  static long budgetNanos(@Nullable String field) {
    if (field == null) {
      return Ticket.NO_DEADLINE;
    }
    int millis = WorkQuery.whole(field);
    if (millis < 0 || millis > MOST_MILLIS) {
      throw new IllegalArgumentException(
          WorkQuery.problem(DEADLINE, field, "milliseconds, a whole number from 0 to 3600000"));
    }
    return millis * 1_000_000L;
  }

  /** The client: the name that it gives itself, else its address. */
  static long client(@Nullable String name, @Nullable SocketAddress remote) {
    if (name != null) {
      long hash = 0xcbf29ce484222325L; // FNV-1a
      for (int i = 0; i < name.length(); i++) {
        hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
      }
      return hash;
    }
    InetAddress address = remote instanceof InetSocketAddress ip ? ip.getAddress() : null;
    return address == null ? 0 : address.hashCode();
  }

  /**
   * The logarithm to base 2 of the work asked for: requests of one kind differ by less than a
   * factor of two.
   */
  static int kind(int units) {
    return 31 - Integer.numberOfLeadingZeros(units);
  }
}
