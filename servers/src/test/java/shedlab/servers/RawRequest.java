package shedlab.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import shedlab.servers.Connection.Answer;

/**
 * A line of raw-requests.txt, which explains the columns.
 *
 * @param line where it stands
 * @param text the bytes as they are written there
 * @param statuses of the final replies, in order
 * @param kept whether the connection is kept
 * @param holds what else holds for the last reply: a header field, or {@code body}, to its value
 * @param exceptions from a server to what it answers instead
 * @param why the rule
 */
record RawRequest(
    int line,
    String text,
    List<Integer> statuses,
    boolean kept,
    Map<String, String> holds,
    Map<String, String> exceptions,
    String why) {
  private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*([^}]*)}");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(?:x([0-9a-f]{2})|([rnt\\\\]))");
  private static final String MORE = "GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n";

  /** All lines of the table. */
  static List<RawRequest> all() throws IOException {
    List<RawRequest> all = new ArrayList<>();
    try (InputStream file = RawRequest.class.getResourceAsStream("/raw-requests.txt")) {
      List<String> lines = new String(file.readAllBytes(), UTF_8).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
          all.add(of(i + 1, lines.get(i)));
        }
      }
    }
    return all;
  }

  private static RawRequest of(int line, String text) {
    String[] cells = text.split("\\|", -1);
    if (cells.length != 5) {
      throw new IllegalArgumentException(
          "raw-requests.txt, line " + line + ": " + cells.length + " columns (expected: 5)");
    }
    for (int i = 1; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    boolean kept = cells[2].equals("kept");
    if (!kept && !cells[2].equals("closed")) {
      throw new IllegalArgumentException(
          "raw-requests.txt, line " + line + ": " + cells[2] + " (expected: kept or closed)");
    }
    return new RawRequest(
        line,
        cells[0].substring(0, cells[0].length() - 1), // a request may begin with a space
        Arrays.stream(cells[1].split(" ", -1)).map(Integer::valueOf).toList(),
        kept,
        rules(cells[3], "="),
        rules(cells[3], ": "),
        cells[4]);
  }

  private static Map<String, String> rules(String cell, String between) {
    return Arrays.stream(cell.split("; ", -1))
        .map(rule -> rule.split(between, 2))
        .filter(rule -> rule.length == 2)
        .collect(Collectors.toMap(rule -> rule[0], rule -> unescaped(rule[1])));
  }

  private static String unescaped(String text) {
    String repeated =
        REPEATED
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(2).repeat(Integer.parseInt(found.group(1)))));
    return ESCAPED
        .matcher(repeated)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) != null
                        ? String.valueOf((char) Integer.parseInt(found.group(1), 16))
                        : switch (found.group(2)) {
                          case "r" -> "\r";
                          case "n" -> "\n";
                          case "t" -> "\t";
                          default -> "\\";
                        }));
  }

  /** The right answer, or the exception for this server, in the words of {@link #exchange}. */
  String expected(ServerKind kind) {
    String exception = exceptions.get(kind.toString());
    if (exception != null) {
      return exception;
    }
    String statuses = this.statuses.stream().map(String::valueOf).collect(Collectors.joining(" "));
    return statuses + (kept ? " kept" : " closed") + held(holds);
  }

  /** Sends it, and says what comes back. */
  String exchange(int port) throws IOException {
    String[] parts = text.split("~", 2);
    StringBuilder said = new StringBuilder();
    try (Connection connection = Connection.to(port)) {
      connection.send(unescaped(parts[0]));
      boolean asked = parts.length == 1;
      Answer last = null;
      for (int finals = 0; finals < statuses.size(); ) {
        try {
          last = text.startsWith("HEAD") ? connection.readHead() : connection.read();
        } catch (EOFException e) {
          return said + "closed without an answer";
        } catch (SocketTimeoutException e) {
          return said + "no answer";
        }
        if (last.status() < 200) {
          if (!asked) {
            connection.send(unescaped(parts[1]));
          }
          asked = true;
        } else {
          finals++;
          said.append(last.status()).append(' ');
          if (finals < statuses.size() && last.status() != statuses.get(finals - 1)) {
            return said + "and then what does not matter";
          }
        }
      }
      said.append(asked ? "" : "without being asked for the body ");
      said.append(isKept(connection) ? "kept" : "closed");
      Answer reply = Objects.requireNonNull(last);
      return said
          + held(
              holds.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          rule ->
                              rule.getKey().equals("body")
                                  ? reply.body()
                                  : reply.header(rule.getKey()))));
    }
  }

  private static boolean isKept(Connection connection) {
    try {
      Answer answer = connection.send(MORE).read();
      return answer.status() == 200 && answer.body().equals("ok\n");
    } catch (IOException e) {
      return false;
    }
  }

  private static String held(Map<String, String> holds) {
    return holds.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(rule -> " " + rule.getKey() + "=" + rule.getValue().strip())
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return "line " + line + ": " + text + " (" + why + ")";
  }
}
