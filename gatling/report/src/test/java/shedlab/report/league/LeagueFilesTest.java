package shedlab.report.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeagueFilesTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void writeALeague() throws IOException {
    SampleLeague.write(folder);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    LeagueFiles files = new LeagueFiles(folder);

    assertThat(files.read()).isEqualTo(SampleLeague.small());
    assertThat(files.kept()).isEqualTo(SampleLeague.small().scores());
    assertThat(files.courses()).isEqualTo(SampleLeague.courses(SampleLeague.small()));
    assertThat(files.sensitivity()).hasSameSizeAs(SampleLeague.effects(SampleLeague.small()));
    assertThat(files.real()).isEqualTo(SampleLeague.checks());
  }

  @Test
  void filesThatALeagueNeedNotHaveMayBeMissing() throws IOException {
    for (String file : new String[] {"courses.csv", "sensitivity.csv", "real.csv"}) {
      Files.delete(folder.resolve(file));
    }
    LeagueFiles files = new LeagueFiles(folder);

    assertThat(files.courses()).isEmpty();
    assertThat(files.sensitivity()).isEmpty();
    assertThat(files.real()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "contenders.csv; default; best; :2: kind: best (expected: default, tuned or reference)",
        "contenders.csv; limit,default; none,default; :3: contender: none (expected: each once)",
        "situations.csv; giant-tasks,4,; giant-tasks,four,; :4: cores: four (expected: a whole number)",
        "scores.csv; none,plateaus load=3; nobody,plateaus load=3; :3: contender: nobody (expected: one of contenders.csv)",
        "scores.csv; plateaus load=3; plateaus load=4; :3: situation: plateaus load=4 (expected: one of situations.csv)",
        "scores.csv; 0.9000 0.9000 0.9000; 0.9000 0.9000; :2: goodputs: 0.9000 0.9000 (expected: 3, one for each seed)",
        "scores.csv; 0.9000 0.9000 0.9000; 0.9000 0.9000 x; :2: goodputs: x (expected: a decimal number)",
        "scores.csv; false_sheds; shed_falsely; :2: false_sheds: (none) (expected: a field in every row)",
        "courses.csv; 0.9000; 0.9e99; :2: good: 0.9e99 (expected: a decimal number)",
        "real.csv; 0.9800; ''; :2: simulated: (empty) (expected: a decimal number)",
      })
  void aBrokenFileGivesOneLineWithFileAndLine(String file, String good, String bad, String message)
      throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, Files.readString(path).replaceFirst(good, bad));
    LeagueFiles files = new LeagueFiles(folder);

    assertThatThrownBy(
            () -> {
              files.read();
              files.courses();
              files.real();
            })
        .isInstanceOf(IOException.class)
        .hasMessage(path + message);
  }

  @Test
  void aQuoteThatIsNotClosedGivesOneLineToo() throws IOException {
    Path path = folder.resolve("scores.csv");
    Files.writeString(path, Files.readString(path) + "\"limit,plateaus");
    LeagueFiles files = new LeagueFiles(folder);

    assertThatThrownBy(files::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(path + ":17: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void explanationsOutliveANewMeasurementThatDisagreesToo() {
    RealScore old = SampleLeague.checks().get(1);
    RealScore still =
        new RealScore(old.contender(), old.situation(), 3, 20, 200, 1, 0.84, 0.8, 0.9, "");
    RealScore nowFine =
        new RealScore(old.contender(), old.situation(), 3, 20, 200, 1, 0.99, 0.98, 1, "");

    assertThat(RealScore.explained(List.of(still, nowFine), List.of(old)))
        .extracting(RealScore::why)
        .containsExactly("The core idles between tasks.", "");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("scores.csv"));

    assertThatThrownBy(() -> new LeagueFiles(folder).read())
        .hasMessage(
            folder.resolve("scores.csv") + ": missing (expected: as `make league` writes it)");
  }
}
