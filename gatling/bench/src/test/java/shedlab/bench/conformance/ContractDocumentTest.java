package shedlab.bench.conformance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import shedlab.report.Project;

/** The document and the program have the same rules, by the same names and at the same levels. */
class ContractDocumentTest {
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^### (Necessary|Useful|Robust)$(.*?)(?=^##)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+?) \\|");

  private static String document() throws IOException {
    return Files.readString(Project.file("servers/CONTRACT.md"));
  }

  @Test
  void everyRuleStandsInTheDocumentAndNoOther() throws Exception {
    Map<Level, List<String>> written = new LinkedHashMap<>();
    Matcher sections = SECTION.matcher(document());
    while (sections.find()) {
      List<String> rows = new ArrayList<>();
      ROW.matcher(sections.group(2)).results().skip(1).forEach(row -> rows.add(row.group(1)));
      written.put(Level.valueOf(sections.group(1).toUpperCase(Locale.ROOT)), rows);
    }

    assertThat(written)
        .isEqualTo(
            Rules.all().stream().collect(groupingBy(Rule::level, mapping(Rule::name, toList()))));
  }

  @Test
  void theDocumentsNumbersAreTheProgrammes() throws Exception {
    Bounds bounds = Bounds.ORDINARY;

    assertThat(document())
        .contains("`" + Tried.checksum(1).strip() + "` for one unit")
        .contains(bounds.sizes().get(0) + " requests at once")
        .contains("if none is refused, " + bounds.sizes().get(1) + ".")
        .contains(bounds.work().toMillis() / 1e3 + " s of work");
  }
}
