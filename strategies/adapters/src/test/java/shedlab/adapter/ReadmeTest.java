package shedlab.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows of the adapters is compiled and tested: it is part of an example. */
final class ReadmeTest {
  private static final Path PROJECT = Path.of(System.getProperty("shedlab.project", "../.."));

  @Test
  void everySnippetIsPartOfAnExample() throws IOException {
    List<String> snippets = blocks("java");
    String examples = examples();

    assertThat(snippets).hasSizeGreaterThanOrEqualTo(5);
    for (String snippet : snippets) {
      assertThat(examples).contains(unindented(snippet));
    }
  }

  @Test
  void theCoordinatesAreThoseOfThisModule() throws IOException {
    String pom = Files.readString(PROJECT.resolve("strategies/adapters/pom.xml"));
    String dependency = unindented(blocks("xml").get(0));

    for (String element : List.of("groupId", "artifactId", "version")) {
      assertThat(element(element, dependency))
          .isEqualTo(
              element.equals("artifactId")
                  ? element(element, pom.substring(pom.indexOf("</parent>")))
                  : element(element, pom));
    }
  }

  @Test
  void onlyTheStrategiesComeWithIt() throws IOException {
    String pom = Files.readString(PROJECT.resolve("strategies/adapters/pom.xml"));
    List<String> imposed =
        Pattern.compile("(?s)<dependency>.*?</dependency>")
            .matcher(pom)
            .results()
            .map(MatchResult::group)
            .filter(dependency -> !dependency.contains("<optional>true</optional>"))
            .filter(dependency -> !dependency.contains("<scope>test</scope>"))
            .map(dependency -> element("artifactId", dependency))
            .toList();

    assertThat(imposed).containsExactly("strategies");
  }

  private static String element(String name, String xml) {
    Matcher found = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(xml);
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  /** The blocks of one language in the section about the adapters. */
  private static List<String> blocks(String language) throws IOException {
    String readme = Files.readString(PROJECT.resolve("strategies/README.md"));
    Matcher section =
        Pattern.compile("(?ms)^## In front of your service$(.*?)^## ").matcher(readme);
    assertThat(section.find()).isTrue();
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(section.group(1))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private static String examples() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files =
        Files.list(PROJECT.resolve("strategies/adapters/src/test/java/example"))) {
      for (Path file : files.sorted().toList()) {
        all.append(unindented(Files.readString(file))).append('\n');
      }
    }
    return all.toString();
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
