package shedlab.bench.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.ServerKeys;
import shedlab.bench.setting.Setting;
import shedlab.report.result.Variant;
import shedlab.spec.SpecException;

/**
 * The variants of an experiment that the simulator can tell apart, and those it leaves out: it
 * models neither threads and their priorities nor connections nor cold servers.
 */
record KnownVariants(List<Variant> known, List<Variant> leftOut) {
  /**
   * Sorts them.
   *
   * @throws SpecException if none is known
   */
  static KnownVariants of(Experiment asked) {
    List<Variant> known =
        asked.variants().stream().filter(variant -> unknownKeys(variant).isEmpty()).toList();
    if (known.isEmpty()) {
      throw new SpecException(
          "experiment", asked.name(), "a variant without " + unknownKeys(asked.variants().get(0)));
    }
    return new KnownVariants(
        known, asked.variants().stream().filter(variant -> !known.contains(variant)).toList());
  }

  /** A line for each variant that is left out, with the reason. */
  List<String> reasons() {
    return leftOut.stream()
        .map(v -> v.name() + ": the simulator does not model " + String.join(", ", unknownKeys(v)))
        .toList();
  }

  private static List<String> unknownKeys(Variant variant) {
    return variant.settings().entrySet().stream()
        .filter(entry -> isUnknown(Schema.named(entry.getKey(), entry.getValue())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean isUnknown(Setting<?> setting) {
    boolean ofServer =
        setting.neededBy() == Setting.NeededBy.SERVER && !setting.equals(ServerKeys.RETRY_AFTER);
    return ofServer
        || Set.of(Schema.CONNECTIONS, Schema.WARM_UP, JvmKeys.JVM_ARCHIVE).contains(setting);
  }
}
