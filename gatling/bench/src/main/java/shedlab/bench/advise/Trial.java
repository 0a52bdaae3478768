package shedlab.bench.advise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.bench.advise.log.AccessLog;
import shedlab.bench.league.Situation;
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
  private static final int SEEDS = 8;
  private static final int STRESS_SEEDS = 3;
  private static final double[] LOADS = {0.5, 0.9, 1.2, 2, 5};
  private static final double ALIKE = 0.05;
  private static final int LONGER = 3;

  /** Simulated seconds of a trial: those before the window, and the window. */
  record Length(long leadIn, long measure) {
    /** At best half a minute; less if so many strategies at this capacity take too long. */
    static Length of(Question question, int contenders, double budget) {
      double perSecond = contenders * question.capacityPerSecond() * weight(question);
      long seconds = Math.max(6, Math.min(34, (long) (budget / perSecond)));
      long leadIn = Math.min(4, seconds / 3);
      return new Length(leadIn, seconds - leadIn);
    }
  }

  /** Runs at the capacity that all trials together are worth. */
  static double weight(Question question) {
    double weight = SEEDS * question.load() + STRESS_SEEDS * 3 * question.load();
    for (double load : LOADS) {
      weight += STRESS_SEEDS * load;
    }
    return weight;
  }

  /** The service as described; with a log, under the log's own arrivals. */
  static Trial asDescribed(Question question, Length length) {
    return asDescribed(question, length, SEEDS);
  }

  /** The same, with so many seeds. */
  static Trial asDescribed(Question question, Length length, int seeds) {
    return trial(
        "as described", described(question, length), question.cores(), question.load(), seeds, 1);
  }

  private static Settings described(Question question, Length length) {
    @Nullable AccessLog log = question.log();
    Map<String, String> texts = new HashMap<>();
    texts.put(Schema.LEAD_IN.key(), length.leadIn + "s");
    texts.put(Schema.MEASURE.key(), length.measure + "s");
    if (log != null) {
      // All of the trace once: its first second is the lead-in.
      texts.put(Schema.LEAD_IN.key(), "1s");
      texts.put(Schema.MEASURE.key(), ((long) log.part().seconds() - 1) + "s");
      texts.put(Schema.ARRIVALS.key(), log.part().arrivals().whole());
    }
    return question.settings().with(texts);
  }

  /** Other loads, longer tasks, fewer cores, a shorter deadline: one at a time. */
  static List<Trial> stresses(Question question, Length length) {
    Settings own = described(question, length);
    Settings plain =
        question
            .settings()
            .with(
                Map.of(
                    Schema.LEAD_IN.key(), length.leadIn + "s",
                    Schema.MEASURE.key(), length.measure + "s"));
    int cores = question.cores();
    double load = question.load();
    List<Trial> all = new ArrayList<>();
    for (double other : LOADS) {
      if (question.log() != null || Math.abs(other - load) > ALIKE) {
        String name = Numbers.load(other) + " the capacity";
        all.add(trial(name, plain, cores, other, STRESS_SEEDS, 1));
      }
    }
    all.add(longer("tasks 3x as long", own, question, LONGER));
    all.add(
        cores == 1
            ? longer("half the CPU", own, question, 2)
            : trial("half the cores", own, cores / 2, load * cores / (cores / 2), STRESS_SEEDS, 1));
    Duration third = Duration.ofMillis(Math.max(1, question.deadline().toMillis() / 3));
    all.add(
        trial(
            "a third of the deadline",
            own.with(Map.of(Schema.DEADLINE.key(), Question.text(third))),
            cores,
            load,
            STRESS_SEEDS,
            1));
    return List.copyOf(all);
  }

  private static Trial longer(String name, Settings own, Question question, int factor) {
    Settings longer = own.with(Map.of(Schema.WORK.key(), Integer.toString(factor)));
    return trial(name, longer, question.cores(), question.load(), STRESS_SEEDS, factor);
  }

  private static Trial trial(
      String name, Settings settings, int cores, double load, int seeds, double taskFactor) {
    SimulatedLoad simulated = new SimulatedLoad(settings, cores, load, 0);
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
