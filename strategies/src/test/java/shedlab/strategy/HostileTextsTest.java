package shedlab.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.load.ArrivalProcess;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.Slowdown;
import shedlab.simulation.model.Tenant;
import shedlab.spec.SpecException;

/**
 * Every text of {@code hostile-texts.tsv} is refused in one line, which stands beside it: what is
 * to be read, the text with the escapes of Java, and the message; {@code ...} is any rest.
 */
class HostileTextsTest {
  private static final String REST = "...";
  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");

  private static final Map<String, Function<String, Object>> READERS =
      Map.of(
          "strategy", text -> Strategies.builtIn().parse(text),
          "arrivals", ArrivalProcess::parse,
          "service-law", text -> ServiceLaw.parse(text, 1_000),
          "retry", Retry::parse,
          "tenant", Tenant::parse,
          "slowdown", Slowdown::read,
          "capacity-drop", CapacityDrop::read);

  static Stream<String> lines() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(HostileTextsTest.class.getResourceAsStream("hostile-texts.tsv"))) {
      String all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(all.lines()).hasSizeGreaterThan(140).doesNotHaveDuplicates();
      return all.lines();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isRefusedInOneLine(String line) {
    String[] columns = line.split("\t", -1);
    String wanted = columns[2];

    String said = said(columns[0], unescaped(columns[1]));

    assertThat(said).hasLineCount(1);
    if (wanted.endsWith(REST)) {
      assertThat(said).startsWith(wanted.substring(0, wanted.length() - REST.length()));
    } else {
      assertThat(said).isEqualTo(wanted);
    }
  }

  private static String unescaped(String text) {
    return UNICODE
        .matcher(text)
        .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)))
        .translateEscapes();
  }

  private static String said(String kind, String text) {
    try {
      return "(accepted) "
          + Objects.requireNonNull(READERS.get(kind), "a reader of " + kind).apply(text);
    } catch (SpecException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
