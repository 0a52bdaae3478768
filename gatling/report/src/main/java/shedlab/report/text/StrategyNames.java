package shedlab.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shedlab.strategy.Composition;
import shedlab.strategy.Strategies;

/**
 * Names that are short enough for the end of a line. The canonical text has everything, in up to a
 * hundred characters; the short name has the names of the pieces and only those parameters by which
 * two strategies of this run differ. The legend has the canonical texts.
 */
public final class StrategyNames {
  /** The strategy that sheds nothing. */
  public static final String NONE = "none";

  /** Not what is installed: the report of a run is the same wherever it is made. */
  private static final Strategies KNOWN = Strategies.builtIn();

  /** The strategy that a server has which is not ours. */
  public static final String OWN = "own";

  private final Map<String, String> names = new LinkedHashMap<>();

  public StrategyNames(List<String> strategies) {
    for (String strategy : strategies) {
      List<String> twins =
          strategies.stream().filter(s -> pieces(s).equals(pieces(strategy))).toList();
      names.put(strategy, twins.size() == 1 ? pieces(strategy) : told(strategy, twins));
    }
  }

  /** True for what a server that is not ours does by itself. */
  public static boolean isOwn(String strategy) {
    return pieces(strategy).equals(OWN);
  }

  /** The short name; the text itself if the strategy is not in this run. */
  public String of(String strategy) {
    return names.getOrDefault(strategy, strategy);
  }

  /** The short name as code. */
  public String code(String strategy) {
    return "`" + of(strategy) + "`";
  }

  /** What is known of a strategy of a run; its jar may not be on the class path here. */
  public static Composition composition(String strategy) {
    return KNOWN.composition(strategy);
  }

  /** Names of the pieces alone. */
  public static String pieces(String strategy) {
    return composition(strategy).shortName();
  }

  private static String told(String strategy, List<String> twins) {
    List<String> words = new ArrayList<>();
    for (String parameter : parameters(strategy)) {
      if (!twins.stream().allMatch(t -> parameters(t).contains(parameter))) {
        words.add(parameter);
      }
    }
    return words.isEmpty() ? strategy : pieces(strategy) + " " + String.join(" ", words);
  }

  private static List<String> parameters(String strategy) {
    return composition(strategy).parameters();
  }
}
