package shedlab.bench.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line with {@code start_time} (ISO 8601), {@code response_code}, {@code
 * duration} in milliseconds, and perhaps {@code method} and {@code path}, as in Envoy's and Istio's
 * JSON logs.
 */
final class EnvoyFormat implements LogFormat {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> STARTS =
      List.of("start_time", "startTime", "timestamp", "time");
  private static final List<String> METHODS = List.of("method", ":method");
  private static final List<String> PATHS = List.of("path", ":path", "x_envoy_original_path");
  private static final List<String> STATUSES = List.of("response_code", "responseCode", "status");

  @Override
  public String name() {
    return "Envoy JSON";
  }

  @Override
  public @Nullable LogEntry read(String line) {
    if (!line.startsWith("{")) {
      return null;
    }
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return null;
    }
    String start = text(object, STARTS);
    int status = Numerals.whole(text(object, STATUSES), 999);
    String took = text(object, List.of("duration"));
    double micros = Numerals.micros(took, 1e3);
    boolean none = took.isEmpty() || took.equals("-") || took.equals("null");
    if (status < 0 || (!none && Double.isNaN(micros))) {
      return null;
    }
    try {
      Instant at = Instant.parse(start);
      long from = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
      String route = Route.of(text(object, METHODS), text(object, PATHS));
      return new LogEntry(from, false, status, none ? LogEntry.UNKNOWN : Math.round(micros), route);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String text(JsonNode object, List<String> names) {
    for (String name : names) {
      JsonNode value = object.get(name);
      if (value != null) {
        return value.asText();
      }
    }
    return "";
  }
}
