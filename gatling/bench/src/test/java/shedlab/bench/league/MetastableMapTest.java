package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;
import shedlab.report.metastable.MapFile;
import shedlab.report.metastable.MapPoint;
import shedlab.spec.SpecException;

class MetastableMapTest {
  private static final String CONTENDERS =
      """
      default.none = none
      tuned.queue = fixed:limit=${cpus}+fifo:capacity=4000,timeout=${deadline/2}
      """;

  private static final String SITUATIONS =
      """
      map.cores = 4
      map.task = 20ms
      map.timeout = 500ms
      map.lead-in = 2s
      map.measure = 90s
      map.seeds = 6
      map.load = 0.9
      map.retry = immediate:tries=3
      map.capacity-drop = none | at=1s,for=250ms,left=0.3 | at=1s,for=1s,left=0.3 | at=1s,for=4s,left=0.3
      """;

  @TempDir private Path folder = Path.of("");
  private final List<Integer> played = new ArrayList<>();

  private MetastableMap map(String situations, String... names) throws IOException {
    return MetastableMap.of(
        Files.writeString(folder.resolve("contenders.properties"), CONTENDERS),
        Files.writeString(folder.resolve("map.properties"), situations),
        List.of(names));
  }

  private List<MapPoint> play(String situations, String... names) throws IOException {
    List<MapPoint> points =
        map(situations, names)
            .play(
                MapFile.kept(folder),
                (done, open) -> {
                  synchronized (played) {
                    played.add(done);
                  }
                });
    MapFile.write(folder, points);
    return points;
  }

  @Test
  void withoutSheddingClientsThatTryAgainAtOnceKeepALongOverloadAlive() throws IOException {
    List<MapPoint> points = play(SITUATIONS, "none");

    assertThat(points).extracting(MapPoint::triggerSeconds).containsExactly(0.0, 0.25, 1.0, 4.0);
    assertThat(points.get(0).recovered()).isEqualTo(1);
    assertThat(points.get(3).recovered()).isZero();
    assertThat(points.get(3).recoverySeconds()).isNaN();
  }

  @Test
  void aLongerTriggerIsNotEasierToSurvive() throws IOException {
    List<MapPoint> points = play(SITUATIONS, "none");

    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).recovered())
          .isLessThanOrEqualTo(points.get(i - 1).recovered() + 0.2);
    }
  }

  @Test
  void aQueueThatIsBoundedByTimeIsBackAtOnce() throws IOException {
    assertThat(play(SITUATIONS, "queue"))
        .allSatisfy(
            point -> {
              assertThat(point.recovered()).isEqualTo(1);
              assertThat(point.recoverySeconds()).isLessThan(3);
            });
  }

  @Test
  void withoutRetriesABacklogIsWorkedOffAsFastAsTheCapacityLeft() throws IOException {
    List<MapPoint> points =
        play(SITUATIONS.replace("immediate:tries=3", "none").replace("0.9", "0.8"), "none");

    // 4 s x (0.8 - 0.3) of work, done with 1 - 0.8: 10 s, less a deadline of waiting that is
    // allowed.
    assertThat(points.get(3).recoverySeconds()).isBetween(6.0, 12.0);
    assertThat(points.get(3).recovered()).isEqualTo(1);
  }

  @Test
  void onceNoSeedComesBackTheTriggersBeforeTheLongestAreNotSimulated() throws IOException {
    String longer = SITUATIONS.strip() + " | at=1s,for=6s,left=0.3 | at=1s,for=8s,left=0.3\n";
    List<MapPoint> points = play(longer, "none");

    assertThat(points.get(4).seeds()).isZero();
    assertThat(points.get(4).recovered()).isZero();
    assertThat(points.get(5).seeds()).isPositive();
  }

  @Test
  void theSameSeedsGiveTheSameBytesAndWhatIsKeptIsNotPlayedAgain() throws IOException {
    play(SITUATIONS, "none", "queue");
    String first = Files.readString(folder.resolve(MapFile.FILE));
    assertThat(played).hasSize(2);

    play(SITUATIONS, "none", "queue");
    assertThat(played).hasSize(2);
    assertThat(folder.resolve(MapFile.FILE)).hasContent(first);

    Files.delete(folder.resolve(MapFile.FILE));
    play(SITUATIONS, "none", "queue");
    assertThat(played).hasSize(4);
    assertThat(folder.resolve(MapFile.FILE)).hasContent(first);
  }

  @Test
  void aStrategyThatDoesNotPlayIsRefused() {
    assertThatThrownBy(() -> map(SITUATIONS, "nobody"))
        .isInstanceOf(SpecException.class)
        .hasMessage("strategies: nobody (expected: some of [none, queue])");
  }

  @Test
  void aMapNeedsARunWithoutATrigger() {
    assertThatThrownBy(() -> map(SITUATIONS.replace("none | at", "at"), "none"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("(expected: none and drops of several lengths");
  }

  @Test
  void theDeclaredMapHasTheLoadsTriggersAndPoliciesThatItPromises() {
    List<Situation> all = SituationFile.read(Project.file("gatling/league/metastable.properties"));

    assertThat(all).hasSize(6 * 5 * 8);
    assertThat(all).extracting(each -> each.load().load()).contains(0.5, 0.95);
  }
}
