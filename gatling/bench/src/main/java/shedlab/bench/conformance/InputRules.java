package shedlab.bench.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.conformance.raw.Connection;
import shedlab.bench.conformance.raw.NoAnswerException;

/** Requests that a target can only refuse. */
final class InputRules {
  private static final List<String> BAD_UNITS = List.of("0", "-1", "abc", "99999999999999999999");
  private static final int LONG_LINE = 100_000;
  private static final String CLIENT_ERROR = "a 4xx";

  private InputRules() {}

  static Verdict badUnits(Tried target) {
    if (!target.sized()) {
      return Verdict.moot(WorkRules.OTHER_WORK);
    }
    List<String> wrong = new ArrayList<>();
    for (String units : BAD_UNITS) {
      try {
        Answer answer = target.ask(target.work(units));
        if (!isClientError(answer) || target.refuses(answer)) {
          wrong.add(units + ": " + answer.shown());
        }
      } catch (IOException e) {
        wrong.add(units + ": " + Answer.shown(String.valueOf(e.getMessage())));
      }
    }
    return Verdict.of(
        wrong.isEmpty(),
        wrong.isEmpty() ? String.join(", ", BAD_UNITS) : String.join("; ", wrong),
        CLIENT_ERROR);
  }

  static Verdict unknownPath(Tried target) throws IOException {
    String path = "/shedlab-knows-no-such-path";
    Answer answer = target.ask(path);
    return Verdict.of(answer.status() == 404, path + ": " + answer.shown(), "404");
  }

  static Verdict longLine(Tried target) throws IOException {
    return refusedOrClosed(target, target.get("/" + "x".repeat(LONG_LINE)));
  }

  static Verdict notHttp(Tried target) throws IOException {
    return refusedOrClosed(target, "GARBAGE\r\n\r\n");
  }

  private static Verdict refusedOrClosed(Tried target, String bytes) throws IOException {
    try (Connection connection = target.connect()) {
      Answer answer = connection.sendMeanwhile(bytes).read();
      return Verdict.of(isClientError(answer), answer.shown(), CLIENT_ERROR + ", or a close");
    } catch (NoAnswerException e) {
      if (e.closed()) {
        return Verdict.holds("closed");
      }
      throw e;
    }
  }

  private static boolean isClientError(Answer answer) {
    return answer.status() >= 400 && answer.status() < 500;
  }
}
