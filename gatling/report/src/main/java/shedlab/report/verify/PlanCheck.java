package shedlab.report.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import shedlab.report.result.Manifest;
import shedlab.spec.Parameter;

/** {@code plan.json} in itself: its parts and the settings, as text, tell the same. */
final class PlanCheck {
  private PlanCheck() {}

  static void of(Manifest plan, Differences differences) {
    Manifest.CellLoad load = plan.load();
    Map<String, String> told = new LinkedHashMap<>();
    told.put("question", plan.purpose().question());
    told.put("repeats", Integer.toString(plan.grid().repeats()));
    told.put("fresh-server", plan.grid().freshServer());
    told.put("seed", Long.toString(plan.seed()));
    told.put("io-threads", Integer.toString(plan.setUp().ioThreads()));
    told.put("worker-nice", Integer.toString(plan.setUp().workerNice()));
    told.put("compiler-nice", Integer.toString(plan.setUp().compilerNice()));
    told.forEach(
        (key, value) -> {
          String setting = plan.settings().getOrDefault(key, value);
          differences.same("plan.json", "settings." + key, setting, value, "the part of that name");
        });
    millis(plan, differences, "deadline", load.deadlineMillis());
    millis(plan, differences, "timeout", load.timeoutMillis());
  }

  private static void millis(Manifest plan, Differences differences, String key, long value) {
    String setting = plan.settings().getOrDefault(key, value + "ms");
    differences.same(
        "plan.json",
        "settings." + key,
        Parameter.duration(key, "").read(setting).toMillis(),
        value,
        "the part of that name");
  }
}
