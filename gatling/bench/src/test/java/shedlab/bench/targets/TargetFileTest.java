package shedlab.bench.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.spec.SpecException;

class TargetFileTest {
  @TempDir private Path folder = Path.of("");

  private Target read(String text) throws IOException {
    Files.writeString(folder.resolve("target.properties"), text);
    return TargetFile.read(folder);
  }

  @Test
  void saysHowATargetIsBuiltStartedAndAsked() throws IOException {
    Target target =
        read(
            """
            title = a server
            needs = cargo rustc
            java = 21
            build = cargo build --release
            start = target/release/it --quiet
            work = /do?n={units}
            health = /ready
            metrics = /metrics
            shed = 429 503
            limits = 1 16
            environment.NODE_ENV = production
            """);
    assertThat(target.origin())
        .isEqualTo(
            new Target.Program(
                folder,
                List.of("cargo", "rustc"),
                21,
                List.of("cargo", "build", "--release"),
                List.of("target/release/it", "--quiet")));
    assertThat(target.paths())
        .isEqualTo(
            new Target.Paths("/do?n={units}", "/ready", "/metrics", List.of(429, 503), true));
    assertThat(target.paths().work(7)).isEqualTo("/do?n=7");
    assertThat(target.strategies()).containsExactly("own", "own:limit=1", "own:limit=16");
    assertThat(target.environment()).isEqualTo(Map.of("NODE_ENV", "production"));
    assertThat(target.name()).isEqualTo(folder.getFileName().toString());
  }

  @Test
  void whatIsLeftOutIsAsTheContractHasIt() throws IOException {
    Target target = read("title = a server\nstart = ./serve\n");
    assertThat(target.paths()).isEqualTo(Target.Paths.USUAL);
    assertThat(target.strategies()).containsExactly("own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit = 4 | 3: limit: 4 (expected: one of [build, health, java,",
        "limits = 0 | 3: limits: 0 (expected: whole numbers from 1 to 999999)",
        "limits = four | 3: limits: four (expected: whole numbers",
        "work = /do | 3: work: /do (expected: a path in which {units}",
        "health = ready | 3: path: ready (expected: a path as URLs have it, that begins with /)",
        "work = /a?n={units}&x={y} | 3: path: /a?n={units}&x={y} (expected: a path as URLs have it",
        "shed = 200 | 3: shed: 200 (expected: whole numbers from 400 to 599)",
        "java = new | 3: java: new (expected: whole numbers from 0 to 99)",
        "environment.A-B = 1 | 3: environment.A-B: 1 (expected: environment.NAME,",
      })
  void aMistakeIsNamedWithItsLine(String line, String message) {
    assertThatThrownBy(() -> read("title = a server\nstart = ./serve\n" + line + "\n"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("target.properties:" + message);
  }

  @Test
  void aTargetHasATitleAndACommand() {
    assertThatThrownBy(() -> read("title = a server\n"))
        .hasMessageEndingWith("start: (not given) (expected: a line start = ...)");
    assertThatThrownBy(() -> read("start = ./serve\n"))
        .hasMessageEndingWith("title: (not given) (expected: a line title = ...)");
  }
}
