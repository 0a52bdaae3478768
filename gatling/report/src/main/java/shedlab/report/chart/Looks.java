package shedlab.report.chart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shedlab.report.text.StrategyNames;

/**
 * The looks of a run's strategies. A strategy looks the same in every chart of every run: a
 * well-known strategy has a fixed look, any other gets one by the hash of its canonical text. If
 * two strategies of a run would look alike, the one whose text is later in the alphabet gets
 * another look.
 */
public final class Looks {
  /** The pieces of a strategy, and its look: colour, dash, marker. No two are alike. */
  private static final Map<String, Look> KNOWN = new LinkedHashMap<>();

  /** The number of colours for unknown strategies; ink and the last two colours are taken. */
  private static final int FREE_COLOURS = 7;

  static {
    known("none", 0, 0, Marker.CIRCLE);
    known("fixed", 1, 1, Marker.SQUARE);
    known("fixed+fifo", 2, 0, Marker.TRIANGLE);
    known("fixed+lifo", 5, 2, Marker.NABLA);
    known("fixed+codel", 7, 3, Marker.SQUARE);
    known("fixed+adaptive-lifo", 6, 2, Marker.DIAMOND);
    known("fixed+edf", 4, 2, Marker.SQUARE);
    known("fixed+priority", 1, 3, Marker.DIAMOND);
    known("fixed+fair", 5, 1, Marker.CIRCLE);
    known("on-time", 8, 0, Marker.CIRCLE);
    known("own", 4, 0, Marker.CIRCLE);
    known("aimd", 3, 0, Marker.DIAMOND);
    known("aimd-windowed", 3, 1, Marker.NABLA);
    known("vegas", 4, 1, Marker.NABLA);
    known("vegas-windowed", 4, 3, Marker.TRIANGLE);
    known("vegas-quarkus", 4, 4, Marker.CROSS);
    known("gradient", 1, 4, Marker.NABLA);
    known("gradient-windowed", 1, 2, Marker.TRIANGLE);
    known("gradient2", 5, 0, Marker.CROSS);
    known("gradient2-windowed", 5, 4, Marker.SQUARE);
    known("envoy", 6, 0, Marker.CIRCLE);
    known("brpc", 7, 0, Marker.CIRCLE);
    known("failsafe", 3, 4, Marker.SQUARE);
    known("breakwater", 1, 0, Marker.CROSS);
    known("dagor+fixed+fifo", 6, 1, Marker.SQUARE);
    known("pi+fixed+fifo", 7, 1, Marker.TRIANGLE);
    known("bucket", 7, 4, Marker.NABLA);
    known("clairvoyant", 8, 4, Marker.DIAMOND);
    known("reject-all", 9, 2, Marker.CROSS);
  }

  private final Map<String, Look> looks = new LinkedHashMap<>();

  private Looks() {}

  private static void known(String pieces, int colour, int dash, Marker marker) {
    KNOWN.put(pieces, new Look(colour, dash, marker));
  }

  static Collection<Look> known() {
    return Collections.unmodifiableCollection(KNOWN.values());
  }

  /** The looks of all strategies of a run, by their canonical texts. */
  public static Looks of(List<String> strategies) {
    var found = new LinkedHashMap<String, Look>();
    List<String> others = new ArrayList<>();
    for (String strategy : strategies.stream().sorted().toList()) {
      Look look = KNOWN.get(StrategyNames.pieces(strategy));
      if (look == null || found.containsValue(look)) {
        others.add(strategy);
      } else {
        found.put(strategy, look);
      }
    }
    for (String strategy : others) {
      found.put(strategy, hashed(strategy, found));
    }
    var looks = new Looks();
    for (String strategy : strategies) {
      Look look = found.get(strategy);
      if (look != null) {
        looks.looks.put(strategy, look);
      }
    }
    return looks;
  }

  /** The first look, from its hash on, whose colour is free, or else whose colour and shape are. */
  private static Look hashed(String strategy, Map<String, Look> taken) {
    Set<Integer> colours = new HashSet<>();
    Set<String> shapes = new HashSet<>();
    for (Look look : taken.values()) {
      colours.add(look.colour());
      shapes.add(look.colour() + look.marker().name());
    }
    int hash = Math.floorMod(strategy.hashCode(), FREE_COLOURS * Marker.values().length);
    @Nullable Look free = null;
    for (int i = 0; i < FREE_COLOURS * Marker.values().length; i++) {
      // One step changes colour and marker: the two lengths have no divisor in common.
      int step = hash + i;
      Marker marker = Marker.values()[step % Marker.values().length];
      Look look = new Look(1 + step % FREE_COLOURS, step % Look.DASHES, marker);
      if (!colours.contains(look.colour())) {
        return look;
      }
      if (free == null && !shapes.contains(look.colour() + marker.name())) {
        free = look;
      }
    }
    return free != null ? free : new Look(1 + hash % FREE_COLOURS, 0, Marker.CIRCLE);
  }

  /** The look of a strategy of the run. */
  public Look of(String strategy) {
    Look look = looks.get(strategy);
    if (look == null) {
      throw new IllegalArgumentException("strategy: " + strategy + " (expected: one of the run)");
    }
    return look;
  }
}
