package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.bench.setting.Schema;
import shedlab.report.Project;
import shedlab.simulation.model.CollectorModel;
import shedlab.simulation.model.CompilerModel;
import shedlab.simulation.model.HostModel;
import shedlab.spec.SpecException;

class SituationFileTest {
  @TempDir private Path folder = Path.of("");

  private List<Situation> read(String text) throws IOException {
    return SituationFile.read(Files.writeString(folder.resolve("mine.properties"), text));
  }

  @Test
  void aGroupHasASituationForEveryCombinationOfItsValues() throws IOException {
    assertThat(read("shop.cores = 1 | 8\nshop.load = 0.9 | 2\n"))
        .extracting(Situation::name)
        .containsExactly(
            "shop cores=1 load=0.9",
            "shop cores=1 load=2",
            "shop cores=8 load=0.9",
            "shop cores=8 load=2");
  }

  @Test
  void aKeyWithoutAGroupHoldsForTheGroupsThatDoNotHaveIt() throws IOException {
    List<Situation> all = read("task = 20ms\na.cores = 2\nb.task = 5ms\n");
    assertThat(all)
        .extracting(situation -> situation.load().settings().text(Schema.TASK))
        .containsExactly("20ms", "5ms");
  }

  @Test
  void oneLoadTimesTheCapacityIsOfferedPerSecond() throws IOException {
    Situation situation = read("shop.cores = 8\nshop.task = 20ms\nshop.load = 2\n").get(0);
    assertThat(situation.load().capacityPerSecond()).isEqualTo(400);
    assertThat(situation.load().profile().segments().get(0).ratePerSecond()).isEqualTo(800);
  }

  @Test
  void aRefusalCostsItsShareOfATask() throws IOException {
    Situation situation = read("shop.task = 20ms\nshop.refusal = 5%\n").get(0);
    assertThat(situation.load().server().rejectCost()).hasMillis(1);
  }

  @Test
  void whatElseTheServerDoesIsAKeyOfItsOwn() throws IOException {
    String text =
        """
        shop.io = 60%
        shop.collector = none | every=2s,pause=20ms
        shop.compiler = slow=10,after=2000,work=4s
        """;
    Situation situation = read(text).get(1);
    assertThat(situation.name()).isEqualTo("shop collector=every=2s,pause=20ms");
    HostModel host = situation.load().server().host();
    assertThat(host.collector().pause()).hasMillis(20);
    assertThat(host.io()).isEqualTo(0.6);
    assertThat(host.compiler().work()).hasSeconds(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "shop.cores = 0; mine.properties:1: cores: 0 (expected: a whole number from 1 to 1024)",
        "shop.load = much; mine.properties:1: load: much (expected: a number from 0.05 to 100.0)",
        "shop.kores = 1; mine.properties:1: shop.kores: 1 (expected: a key of a situation: [",
        "shop.task = soon; mine.properties:1: task: soon (expected: a duration above zero",
        "shop.timeout = 1ms; mine.properties:1: timeout: 1ms (expected: the deadline or more)",
        "shop.collector = every=2s,pause=3s; mine.properties:1: collector: every=2s,pause=3s (exp",
        "shop.io = 100%; mine.properties:1: io: 100% (expected: a percentage from 0% to 95%)",
        "shop.compiler = slow=10; mine.properties:1: compiler: slow=10 (expected: slow=10,after=",
        "task = 5ms; (expected: group.key = value, at least one)"
      })
  void whatBreaksARuleIsNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theLeagueHasSituationsOfEveryKindThatItPromises() {
    List<Situation> all = SituationFile.read(Project.file("gatling/league/situations.properties"));
    assertThat(all).extracting(Situation::name).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(Situation::group)
        .contains(
            "plateaus",
            "step",
            "bursts",
            "capacity-drop",
            "cold-start",
            "slowdown",
            "retries",
            "tenants",
            "refusals",
            "pool",
            "huge");
    assertThat(all).extracting(s -> s.load().cores()).contains(1, 4, 16, 64, 256);
  }

  @Test
  void whatIsNotRequestsHasSituationsOfItsOwnAndNoneInTheLeague() {
    List<Situation> hosts = SituationFile.read(Project.file("gatling/league/hosts.properties"));
    assertThat(hosts).hasSizeBetween(18, 24).extracting(Situation::name).doesNotHaveDuplicates();
    assertThat(hosts)
        .extracting(situation -> situation.load().host())
        .doesNotContain(HostModel.IDEAL)
        .anyMatch(host -> host.io() > 0)
        .anyMatch(host -> !host.collector().equals(CollectorModel.NONE))
        .anyMatch(host -> !host.compiler().equals(CompilerModel.NONE));
    for (String file : new String[] {"situations", "held-back", "sensitivity"}) {
      assertThat(SituationFile.read(Project.file("gatling/league/" + file + ".properties")))
          .extracting(situation -> situation.load().host())
          .containsOnly(HostModel.IDEAL);
    }
  }
}
