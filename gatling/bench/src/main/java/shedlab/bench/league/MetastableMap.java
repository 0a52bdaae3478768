package shedlab.bench.league;

import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import shedlab.bench.setting.Schema;
import shedlab.report.league.Contender;
import shedlab.report.metastable.MapPoint;
import shedlab.simulation.model.CapacityDrop;
import shedlab.spec.SpecException;

/**
 * For how long must an overload last until a service does not come back by itself? Some contenders,
 * under every load and retry policy of a file of situations, with triggers of every length: a
 * capacity drop. What has been played with the same content before is not played again.
 */
final class MetastableMap {
  private final List<TriggerSeries> all;

  private MetastableMap(List<TriggerSeries> all) {
    this.all = all;
  }

  /**
   * Reads both files.
   *
   * @param names of contenders
   * @throws SpecException that names what breaks a rule
   */
  static MetastableMap of(Path contenderFile, Path situationFile, List<String> names) {
    Map<String, Contender> contenders =
        ContenderFile.read(contenderFile).stream()
            .collect(toMap(Contender::name, each -> each, (a, b) -> b, LinkedHashMap::new));
    for (String name : names) {
      SpecException.check(
          contenders.containsKey(name), "strategies", name, "some of " + contenders.keySet());
    }
    Content content = new Content();
    List<TriggerSeries> all = new ArrayList<>();
    for (List<Situation> group : grouped(SituationFile.read(situationFile), situationFile)) {
      for (String name : names) {
        all.add(series(Objects.requireNonNull(contenders.get(name)), group, content));
      }
    }
    return new MetastableMap(all);
  }

  /** Situations that differ in their trigger only; the one without a trigger is the first. */
  private static List<List<Situation>> grouped(List<Situation> situations, Path file) {
    Map<String, List<Situation>> groups = new LinkedHashMap<>();
    for (Situation situation : situations) {
      Map<String, String> others = new LinkedHashMap<>(situation.load().settings().text());
      others.remove(Schema.CAPACITY_DROP.key());
      String key = situation.group() + situation.load().cores() + "x" + situation.load().load();
      groups.computeIfAbsent(key + others, g -> new ArrayList<>()).add(situation);
    }
    for (List<Situation> group : groups.values()) {
      group.sort(Comparator.comparing(MetastableMap::length));
      List<Duration> begins =
          group.stream().flatMap(s -> drop(s).stream()).map(CapacityDrop::at).distinct().toList();
      SpecException.check(
          drop(group.get(0)).isEmpty() && group.size() > 1 && begins.size() == 1,
          Schema.CAPACITY_DROP.key(),
          file.normalize(),
          "none and drops of several lengths, all with the same beginning");
    }
    return List.copyOf(groups.values());
  }

  private static Optional<CapacityDrop> drop(Situation situation) {
    return situation.load().settings().get(Schema.CAPACITY_DROP);
  }

  private static Duration length(Situation situation) {
    return drop(situation).map(CapacityDrop::length).orElse(Duration.ZERO);
  }

  private static TriggerSeries series(Contender contender, List<Situation> group, Content content) {
    StringBuilder digest = new StringBuilder();
    for (Situation situation : group) {
      digest.append(
          content.of(situation.strategy(contender.template()), situation, TriggerSeries.class));
    }
    return new TriggerSeries(
        contender, group.get(0), group.subList(1, group.size()), Content.digest(digest));
  }

  /** How many combinations of strategy, load and retry policy. */
  int size() {
    return all.size();
  }

  /**
   * Plays what is not kept, on all CPUs.
   *
   * @param kept points of an earlier time
   * @param progress is told how many of how many combinations are played, from any thread
   */
  List<MapPoint> play(List<MapPoint> kept, BiConsumer<Integer, Integer> progress) {
    Map<String, List<MapPoint>> known = new HashMap<>();
    kept.forEach(point -> known.computeIfAbsent(key(point), k -> new ArrayList<>()).add(point));
    List<TriggerSeries> open = all.stream().filter(each -> !known.containsKey(key(each))).toList();
    AtomicInteger played = new AtomicInteger();
    open.parallelStream()
        .map(
            series -> {
              List<MapPoint> points = series.play();
              progress.accept(played.incrementAndGet(), open.size());
              return Map.entry(key(series), points);
            })
        .toList()
        .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
    return all.stream()
        .flatMap(series -> Objects.requireNonNull(known.get(key(series))).stream())
        .toList();
  }

  private static String key(TriggerSeries series) {
    return series.contender().name() + "\n" + series.content();
  }

  private static String key(MapPoint point) {
    return point.strategy() + "\n" + point.content();
  }
}
