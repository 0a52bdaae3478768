package shedlab.bench.advise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shedlab.bench.league.Situation;
import shedlab.bench.log.AccessLog;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.report.league.Score;
import shedlab.report.text.Numbers;

/**
 * The service as it is described, or with one thing changed.
 *
 * @param name what is changed
 * @param taskFactor by what tasks are longer than those of which the situation's capacity is
 *     counted
 */
record Trial(String name, Situation situation, double taskFactor) {
  /** Of the trials at other loads, in multiples of the capacity. */
  static final double[] LOADS = {0.5, 0.9, 1.2, 2, 5};

  private static final String LONGER_TASKS = "tasks 3x as long";
  private static final String SOONER = "a third of the deadline";
  private static final Set<String> HARSH = Set.of("2x the capacity", LONGER_TASKS, SOONER);

  /** How many trials change something else. */
  static final int AT_OWN_LOAD = 3;

  private static final double ALIKE = 0.05;
  private static final int LONGER = 3;

  /** The service as described; with a log, under the log's own arrivals. */
  static Trial asDescribed(Question question, Effort effort) {
    return trial(
        "as described",
        described(question, effort),
        question.cores(),
        question.load(),
        effort.seeds(),
        1);
  }

  /** Those of the others in which strategies differ most. */
  static List<Trial> harshest(Question question, Effort effort) {
    return stresses(question, effort).stream().filter(trial -> HARSH.contains(trial.name)).toList();
  }

  private static Settings described(Question question, Effort effort) {
    @Nullable AccessLog log = question.log();
    Map<String, String> texts = new HashMap<>();
    texts.put(Schema.LEAD_IN.key(), effort.leadIn() + "s");
    texts.put(Schema.MEASURE.key(), effort.measure() + "s");
    if (log != null) {
      // All of the trace once: its first second is the lead-in.
      texts.put(Schema.LEAD_IN.key(), "1s");
      texts.put(Schema.MEASURE.key(), ((long) log.part().seconds() - 1) + "s");
      texts.put(Schema.ARRIVALS.key(), log.part().arrivals().whole());
    }
    return question.settings().with(texts);
  }

  /** Other loads, longer tasks, fewer cores, a shorter deadline: one at a time. */
  static List<Trial> stresses(Question question, Effort effort) {
    Settings own = described(question, effort);
    Settings plain =
        question
            .settings()
            .with(
                Map.of(
                    Schema.LEAD_IN.key(), effort.leadIn() + "s",
                    Schema.MEASURE.key(), effort.measure() + "s"));
    int cores = question.cores();
    int half = cores / 2;
    double load = question.load();
    List<Trial> all = new ArrayList<>();
    for (double other : LOADS) {
      if (question.log() != null || Math.abs(other - load) > ALIKE) {
        String name = Numbers.load(other) + " the capacity";
        all.add(trial(name, plain, cores, other, effort.stressSeeds(), 1));
      }
    }
    all.add(longer(LONGER_TASKS, own, question, effort, LONGER));
    all.add(
        cores == 1
            ? longer("half the CPU", own, question, effort, 2)
            : trial("half the cores", own, half, load * cores / half, effort.stressSeeds(), 1));
    Duration third = Duration.ofMillis(Math.max(1, question.deadline().toMillis() / 3));
    all.add(
        trial(
            SOONER,
            own.with(Map.of(Schema.DEADLINE.key(), Question.text(third))),
            cores,
            load,
            effort.stressSeeds(),
            1));
    return List.copyOf(all);
  }

  private static Trial longer(
      String name, Settings own, Question question, Effort effort, int factor) {
    Settings longer = own.with(Map.of(Schema.WORK.key(), Integer.toString(factor)));
    return trial(name, longer, question.cores(), question.load(), effort.stressSeeds(), factor);
  }

  private static Trial trial(
      String name, Settings settings, int cores, double load, int seeds, double taskFactor) {
    SimulatedLoad simulated = new SimulatedLoad(settings, cores, load);
    return new Trial(name, new Situation("advice", name, simulated, seeds, ""), taskFactor);
  }

  /** Goodput of each seed, in multiples of what the cores can do here. */
  double[] goodputs(Score score) {
    return score.goodputs().stream().mapToDouble(goodput -> goodput * taskFactor).toArray();
  }

  /** The load in multiples of what the cores can do here. */
  double load() {
    return situation.load().load() * taskFactor;
  }
}
