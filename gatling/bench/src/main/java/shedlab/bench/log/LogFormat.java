package shedlab.bench.log;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A format of access logs: from a line to a request. */
interface LogFormat {
  /** What is expected of a file. */
  String RULE =
      "an access log: nginx or Apache combined, Envoy JSON, or CSV with the columns time, duration_ms"
          + " and perhaps status, path and method";

  /** Its name for the reader. */
  String name();

  /** The request of a line; null if it is none. */
  @Nullable LogEntry read(String line);

  /** True for a line that names the columns. */
  default boolean heading(String line) {
    return false;
  }

  /** The format of which this line is, if it is of one. */
  static Optional<LogFormat> of(String line) {
    return Stream.of(
            Optional.<LogFormat>of(new EnvoyFormat()),
            Optional.<LogFormat>of(new CombinedFormat()),
            CsvFormat.of(line))
        .flatMap(Optional::stream)
        .filter(format -> format.heading(line) || format.read(line) != null)
        .findFirst();
  }
}
