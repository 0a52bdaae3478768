package shedlab.bench.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.conformance.raw.Connection;

/** HTTP/1 as clients speak it, those included that stop in the middle. */
final class ConnectionRules {
  private static final int LOST = 8;
  private static final int LARGE_BODY = 1_000_000;
  private static final int PIPELINED = 3;

  private ConnectionRules() {}

  static Verdict head(Tried target) throws IOException {
    String health = target.paths().health();
    try (Connection connection = target.connect()) {
      Answer head = connection.send(target.request("HEAD", health)).readHead();
      if (head.kept()) { // a body would be taken for the next answer
        connection.send(target.get(health)).read();
      }
      return Verdict.of(head.status() < 500, "HEAD " + health + ": " + head.status(), "no 5xx");
    }
  }

  static Verdict http10(Tried target) throws IOException {
    try (Connection connection = target.connect()) {
      connection.send("GET " + target.paths().health() + " HTTP/1.0\r\n\r\n");
      Answer answer = connection.read();
      return Verdict.of(answer.status() == 200, answer.shown(), "200");
    }
  }

  static Verdict closing(Tried target) throws IOException {
    try (Connection connection = target.connect()) {
      connection.send(target.get(target.paths().health(), "Connection: close"));
      Answer answer = connection.read();
      boolean closed = connection.isClosedByServer();
      return Verdict.of(
          answer.status() == 200 && closed,
          answer.status() + (closed ? ", then closed" : ", then open"),
          "200, then closed");
    }
  }

  static Verdict pipelined(Tried target) throws IOException {
    try (Connection connection = target.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int units = 1; units <= PIPELINED; units++) {
        requests.append(target.get(target.work(units)));
      }
      connection.send(requests.toString());
      List<String> wrong = new ArrayList<>();
      int done = 0;
      for (int units = 1; units <= PIPELINED; units++) {
        Answer answer = connection.read();
        done += answer.status() == 200 ? 1 : 0;
        if (!target.isDone(answer, units) && !target.refuses(answer)) {
          wrong.add("answer " + units + ": " + answer.shown());
        }
      }
      return wrong.isEmpty() && done == 0
          ? Verdict.moot("all were shed")
          : Verdict.of(
              wrong.isEmpty(),
              wrong.isEmpty() ? done + " times 200" : wrong.get(0),
              "the answers of " + PIPELINED + " requests in their order");
    }
  }

  static Verdict halfClosed(Tried target) throws IOException {
    try (Connection connection = target.connect()) {
      connection.send(target.get(target.work(1))).finish();
      Answer answer = connection.read();
      boolean right = answer.status() == 200 || target.refuses(answer);
      return Verdict.of(right, answer.shown(), "200, or " + target.refusal() + " to say no");
    }
  }

  static Verdict slowClient(Tried target) throws IOException {
    String request = target.get(target.paths().health());
    int half = request.length() / 2;
    try (Connection slow = target.connect()) {
      slow.send(request.substring(0, half));
      Answer other = target.ask(target.paths().health());
      for (int i = half; i < request.length(); i++) {
        slow.send(request.substring(i, i + 1));
      }
      Answer answer = slow.read();
      return Verdict.of(
          answer.status() == 200 && other.status() == 200,
          "slow: " + answer.shown() + "; meanwhile: " + other.shown(),
          "200 to both");
    }
  }

  /** The target may answer before it has read the body, and close. */
  static Verdict largeBody(Tried target) throws IOException {
    String head = target.request("POST", target.work(1), "Content-Length: " + LARGE_BODY);
    try (Connection connection = target.connect()) {
      Answer answer = connection.sendMeanwhile(head + "x".repeat(LARGE_BODY)).read();
      return Verdict.of(answer.status() < 500, answer.shown(), "an answer, no 5xx");
    }
  }

  /** Some leave in the middle of their request, some while they wait. */
  static Verdict lost(Tried target) throws IOException {
    int units = target.unitsOf(target.bounds().task());
    for (int i = 0; i < LOST; i++) {
      String request = target.get(target.work(units));
      try (Connection connection = target.connect()) {
        connection.send(i % 2 == 0 ? request : request.substring(0, request.length() / 2));
        connection.reset();
      }
    }
    return WorkRules.done(target, 1);
  }
}
