package shedlab.report.league.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.statistics.distribution.TDistribution;
import shedlab.report.league.Contender;
import shedlab.report.league.Facts;
import shedlab.report.league.Score;
import shedlab.report.league.Standings;

/**
 * The league for the page's script, as small as it can be: whole numbers, a list for each contender
 * with an entry for each situation. Contains no {@code <}.
 */
final class ServiceData {
  /** Beyond so many degrees of freedom Student's t is that of the last. */
  private static final int DEGREES = 60;

  private static final int PLACES = 1_000;

  private ServiceData() {}

  static String of(LeagueData data) {
    var mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode();
    ArrayNode situations = root.putArray("situations");
    for (Facts facts : data.situations()) {
      ArrayNode one = situations.addArray();
      one.add(facts.name()).add(facts.cores()).add(rounded(facts.taskShare()));
      one.add(facts.ceilings().size());
    }
    ArrayNode contenders = root.putArray("contenders");
    ArrayNode regrets = root.putArray("regrets");
    ArrayNode halves = root.putArray("halves");
    ArrayNode times = root.putArray("p99");
    ArrayNode sheds = root.putArray("sheds");
    for (Contender contender : data.contenders()) {
      ArrayNode one = contenders.addArray();
      one.add(contender.name()).add(contender.kind().word()).add(contender.template());
      one.add(data.course(contender).isEmpty() ? "" : data.courseAnchor(contender));
      ArrayNode regret = regrets.addArray();
      ArrayNode half = halves.addArray();
      ArrayNode time = times.addArray();
      ArrayNode shed = sheds.addArray();
      for (Facts facts : data.situations()) {
        Score score = data.score(contender, facts);
        if (score == null) {
          regret.addNull();
          half.addNull();
          time.addNull();
          shed.addNull();
          continue;
        }
        Standings.Regret missed = data.standings().regret(contender.name(), facts.name());
        whole(regret, 10 * missed.points());
        whole(half, 100 * missed.halfWidth());
        whole(time, 100 * score.p99Millis() / facts.deadlineMillis());
        whole(shed, 1_000 * score.falseSheds());
      }
    }
    ArrayNode quantiles = root.putArray("t");
    for (int degrees = 1; degrees <= DEGREES; degrees++) {
      quantiles.add(rounded(TDistribution.of(degrees).inverseSurvivalProbability(0.025)));
    }
    try {
      return mapper.writeValueAsString(root).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // impossible: the tree has only texts and numbers
    }
  }

  private static void whole(ArrayNode list, double value) {
    if (Double.isFinite(value)) {
      list.add(Math.round(value));
    } else {
      list.addNull();
    }
  }

  private static double rounded(double value) {
    return Math.rint(value * PLACES) / PLACES;
  }
}
