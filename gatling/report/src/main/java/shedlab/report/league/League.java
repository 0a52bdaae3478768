package shedlab.report.league;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All contenders, all situations, and what each did in each; those not simulated are missing. */
public record League(List<Contender> contenders, List<Facts> situations, List<Score> scores) {
  /** Copies the lists. */
  public League {
    contenders = List.copyOf(contenders);
    situations = List.copyOf(situations);
    scores = List.copyOf(scores);
  }

  /** Scores by situation, then contender. */
  public Map<String, Map<String, Score>> bySituation() {
    Map<String, Map<String, Score>> all = new HashMap<>();
    for (Score score : scores) {
      all.computeIfAbsent(score.situation(), s -> new HashMap<>()).put(score.contender(), score);
    }
    return all;
  }
}
