package shedlab.bench.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.report.Project;

class SchemaTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "question", "?", "servers", "netty", "strategies", "none", "loads", "1", "measure", "5s");

  @Test
  void theDocumentationOfTheKeysIsMadeFromTheSchema() throws IOException {
    String readme = Files.readString(Project.file("gatling/README.md"));

    assertThat(readme)
        .as("make settings writes it anew")
        .contains("<!-- settings -->\n" + Schema.markdown() + "<!-- /settings -->");
  }

  @Test
  void everyKeySaysWhatItMeansAndWhatAValueIs() {
    assertThat(Schema.all())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            setting -> {
              assertThat(setting.meaning()).endsWith(".");
              assertThat(setting.rule()).isNotEmpty();
            });
  }

  @Test
  void aServersKeysArePassedOnByTheirNames() {
    assertThat(Settings.of(LEAST).with(Map.of("worker-nice", "3", "task-on", "io")).ofServer())
        .containsEntry("worker-nice", "3")
        .containsEntry("task-on", "io")
        .containsOnlyKeys(
            "io-threads",
            "worker-nice",
            "worker-policy",
            "worker-slice",
            "compiler-nice",
            "io-nice",
            "io-slice",
            "io-cpu",
            "task-on",
            "gate-on",
            "retry-after");
  }

  @Test
  void listsOfServersAndLoadsAreSeparatedByBlanksOrCommas() {
    Settings settings =
        Settings.of(LEAST).with(Map.of("servers", "undertow,jetty netty", "loads", "2, 0.5 1"));

    assertThat(settings.get(Schema.SERVERS)).containsExactly("undertow", "jetty", "netty");
    assertThat(settings.get(Schema.LOADS)).isEqualTo(List.of(0.5, 1.0, 2.0));
  }

  @Test
  void whatIsRecordedSaysTheSameInOneWay() {
    Settings settings =
        Settings.of(LEAST)
            .with(
                Map.of(
                    "slowdown",
                    "factor=2,at=60s",
                    "capacity-drop",
                    "none",
                    "arrivals",
                    "trace:steps=0-1-2"));

    assertThat(settings.text(Schema.SLOWDOWN)).isEqualTo("at=1min,factor=2.0");
    assertThat(settings.text(Schema.CAPACITY_DROP)).isEmpty();
    assertThat(settings.text(Schema.ARRIVALS)).startsWith("trace:sha256=").hasSize(77);
    assertThat(settings.text(Schema.REFERENCE)).isEmpty();
  }

  @Test
  void aTextIsReadOnce() {
    Settings settings = Settings.of(LEAST);

    assertThat(settings.get(Schema.ARRIVALS)).isSameAs(settings.get(Schema.ARRIVALS));
    assertThat(settings.with(Map.of("work", "2")).get(Schema.ARRIVALS))
        .isSameAs(settings.get(Schema.ARRIVALS));
  }
}
