package shedlab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.Checksums;
import shedlab.report.Folder;
import shedlab.report.Report;
import shedlab.report.result.RunFiles;

/**
 * One byte of a real run is changed, then the next. The checksums notice each. Without them, as if
 * somebody had made the report anew afterwards, the files contradict each other, unless the field
 * is one of those named here, which nothing else tells.
 */
class TamperingTest {
  private static final String CELL = "cells/netty-1-fixed-2.0x-r1/";

  /** Digits beyond these are those of a sum in another order. */
  private static final int SIGNIFICANT = 9;

  /** Fields that nothing else in the run tells, by the pattern of their name, and why. */
  private static final Map<String, String> TOLD_ONCE = toldOnce();

  @TempDir private Path run = Path.of("");

  private static Map<String, String> toldOnce() {
    Map<String, String> fields = new LinkedHashMap<>();
    String drawn = "in the window its mean or its ends count; else it is only drawn";
    String unused = "in no figure";
    String digits = "only so many digits of it are in a figure";
    String asked = "what was asked, which no result repeats";
    String machine = "the runner saw it, and no file of the cell";
    fields.put("client.csv admitted_p50_micros", "drawn; later formats count by response time");
    fields.put("client.csv admitted_p99_micros", "the same");
    for (String total : List.of("completed", "cpu_micros", "received", "throttled_micros")) {
      fields.put("server.csv " + total, drawn);
    }
    for (String gauge : List.of("limit", "inflight")) {
      fields.put("server.csv " + gauge, drawn);
    }
    for (String other : List.of("admitted", "gc_micros", "throttled_periods", "worker_queue")) {
      fields.put("server.csv " + other, unused);
    }
    fields.put("server.csv header", "of columns that are in no figure");
    fields.put("server.csv epoch_micros", "below a millisecond");
    fields.put("latency.hlog comment", unused);
    fields.put("client.json job.baseUrl", unused);
    fields.put("client.json job.clients", asked + ": by plans of any format");
    fields.put("client.json lateness.p50Micros", unused);
    fields.put("client.json lateness.maxMicros", unused);
    fields.put("client.json gatlingKoMessages", "the words; the counts are summed");
    fields.put("client.json uncorrectedAdmitted", "Little's law was checked by it in the run");
    fields.put("client.json uncorrectedShed", "the same");
    fields.put("client.json cpuShare", digits);
    fields.put("client.json worstSecondCpuShare", digits);
    fields.put("client.json zeroEpochMicros", "below a millisecond");
    fields.put("cells.jsonl attempt", machine);
    fields.put("cells.jsonl order", machine);
    fields.put("cells.jsonl checks[].name", machine);
    fields.put("cells.jsonl checks[].value", machine);
    fields.put("cells.jsonl checks[].bound", machine);
    fields.put("cells.jsonl predictedShedShare", "theory");
    List<String> plan =
        List.of(
            "run",
            "experiment",
            "profile",
            "host",
            "warmUpSeconds",
            "workers",
            "serverCpus",
            "injectorCpus",
            "settings");
    for (String field : plan) {
      fields.put("plan.json " + field, asked);
    }
    fields.put("plan.json cells", "a run that is not finished has fewer");
    return fields;
  }

  @BeforeEach
  void aRealRun() throws IOException {
    SmallRun.copyTo(run);
    SmallRun.keepOneCell(run);
  }

  @Test
  void theChecksumsNoticeAChangedByteOfAnyFile() throws IOException {
    List<String> inputs = Folder.files(run);
    Report.write(run);
    assertThat(Checksums.differences(run)).isEmpty();

    for (String file : inputs) {
      byte[] bytes = Files.readAllBytes(run.resolve(file));
      for (int at = file.hashCode() & 31; at < bytes.length; at += 53) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        Files.write(run.resolve(file), changed);
        assertThat(Checksums.differences(run)).as(file + ", byte " + at).hasSize(1);
      }
      Files.write(run.resolve(file), bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CELL + "client.csv",
        CELL + "server.csv",
        CELL + "latency.hlog",
        CELL + "client.json",
        "cells.jsonl",
        "plan.json"
      })
  void withoutThemTheOtherFilesContradictIt(String file) throws IOException {
    assertThat(noticed()).isFalse();
    String text = Files.readString(run.resolve(file));
    Map<Integer, String> spots = spots(file, text);
    Set<String> unnoticed = new TreeSet<>();
    int changes = 0;
    for (Map.Entry<Integer, String> spot : spots.entrySet()) {
      changes++;
      Files.writeString(run.resolve(file), changed(text, spot.getKey()));
      if (!noticed()) {
        unnoticed.add(
            spot.getValue()
                .replaceAll(
                    "^(?:name of )?(settings|gatlingKoMessages|job\\.clients|uncorrected\\w+)\\..*",
                    "$1"));
      }
    }
    String kind = file.substring(file.lastIndexOf('/') + 1);
    Set<String> named =
        TOLD_ONCE.keySet().stream()
            .filter(field -> field.startsWith(kind + " "))
            .map(field -> field.substring(kind.length() + 1))
            .collect(Collectors.toSet());

    assertThat(unnoticed)
        .as("unnoticed of " + changes + " changes of " + kind)
        .containsExactlyInAnyOrderElementsOf(named);
  }

  private boolean noticed() {
    try {
      var differences = new Differences();
      Verification.cells(RunFiles.open(run), differences);
      return !differences.all().isEmpty();
    } catch (IOException e) {
      assertThat(e.getMessage()).hasLineCount(1).contains(run.toString()).contains(" (expected: ");
      return true;
    }
  }

  /** A digit becomes another one, everything else another letter or sign. */
  private static String changed(String text, int at) {
    char old = text.charAt(at);
    char fresh =
        Character.isDigit(old) ? (char) ('0' + (old - '0' + 1 + at % 8) % 10) : (char) (old ^ 1);
    return text.substring(0, at) + fresh + text.substring(at + 1);
  }

  /** Where to change something, and the field that it belongs to. */
  private static Map<Integer, String> spots(String file, String text) throws IOException {
    return file.endsWith(".csv")
        ? csv(text)
        : file.endsWith(".hlog") ? log(text) : json(text, file.endsWith(".jsonl"));
  }

  /** Every digit of every column, in a row of the lead-in and in one of the window. */
  private static Map<Integer, String> csv(String text) {
    String[] lines = text.split("\n", -1);
    String[] columns = lines[0].strip().split(",", -1);
    Map<Integer, String> spots = new TreeMap<>();
    int at = 0;
    for (int line = 0; line < lines.length; line++) {
      int column = 0;
      for (int i = 0; i < lines[line].length(); i++) {
        char c = lines[line].charAt(i);
        column += c == ',' ? 1 : 0;
        if (line == 1 || line == 12 || (line == 0 && i % 5 == 0)) {
          spots.put(at + i, line == 0 ? "header" : c == ',' ? "comma" : columns[column]);
        }
      }
      at += lines[line].length() + 1;
    }
    return spots;
  }

  private static Map<Integer, String> log(String text) {
    Map<Integer, String> spots = new TreeMap<>();
    int at = 0;
    for (String line : text.split("\n", -1)) {
      int column = 0;
      for (int i = 0; i < line.length(); i++) {
        column += line.charAt(i) == ',' ? 1 : 0;
        if ((column < 4 && i % 2 == 0) || i % 9 == 0) {
          spots.put(
              at + i,
              line.startsWith("#")
                  ? line.startsWith("#[StartTime") && i < 27 ? "start" : "comment"
                  : line.startsWith("Tag") ? "interval" : "legend");
        }
      }
      at += line.length() + 1;
    }
    return spots;
  }

  /** Every digit that counts and some letters of every value, and of some names. */
  private static Map<Integer, String> json(String all, boolean lines) throws IOException {
    Map<Integer, String> spots = new TreeMap<>();
    int begin = 0;
    for (String line : lines ? all.split("\n", 0) : new String[] {all}) {
      try (JsonParser parser = new JsonMapper().createParser(line)) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          if (token.isScalarValue() || token == JsonToken.FIELD_NAME) {
            String path =
                parser
                    .getParsingContext()
                    .pathAsPointer()
                    .toString()
                    .substring(1)
                    .replace('/', '.');
            String field = path.replaceAll("\\.[0-9]+(?=\\.|$)", "[]");
            int from = (int) parser.currentTokenLocation().getCharOffset();
            boolean name = token == JsonToken.FIELD_NAME;
            boolean text = name || token == JsonToken.VALUE_STRING;
            for (int i = 0; i < parser.getTextLength(); i++) {
              if (counts(parser.getText(), i, text)) {
                spots.put(begin + from + (text ? 1 : 0) + i, name ? "name of " + field : field);
              }
            }
          }
        }
      }
      begin += line.length() + 1;
    }
    return spots;
  }

  /** Of a text a letter now and then, of a number every other digit up to the last that counts. */
  private static boolean counts(String written, int at, boolean text) {
    long digits = written.substring(0, at + 1).chars().filter(Character::isDigit).count();
    return text ? at % 9 == 0 : at % 2 == 0 && (digits <= SIGNIFICANT || written.indexOf('.') < 0);
  }
}
