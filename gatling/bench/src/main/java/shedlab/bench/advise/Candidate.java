package shedlab.bench.advise;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import shedlab.report.league.Contender;
import shedlab.report.league.Score;

/**
 * A strategy for the service, and what it did in each trial.
 *
 * @param contender its template is the strategy's text, with everything filled in
 */
record Candidate(Contender contender, Map<Trial, Score> scores) {
  String name() {
    return contender.name();
  }

  String strategy() {
    return contender.template();
  }

  Score score(Trial trial) {
    return Objects.requireNonNull(scores.get(trial), trial.name());
  }

  double[] goodputs(Trial trial) {
    return trial.goodputs(score(trial));
  }

  /** Over the seeds. */
  double goodput(Trial trial) {
    return Arrays.stream(goodputs(trial)).average().orElse(0);
  }
}
