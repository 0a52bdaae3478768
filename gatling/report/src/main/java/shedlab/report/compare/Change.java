package shedlab.report.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;

/** A value of the plan or the environment that differs between the two runs. */
record Change(String what, String before, String after) {
  private static final String ABSENT = "–";

  /** Values that differ between any two runs. */
  private static final Set<String> NAMES = Set.of("formatVersion", "run", "invocation", "question");

  /** Settings that the plan has as fields, too. */
  private static final Set<String> PLANNED =
      Set.of("question", "servers", "strategies", "reference", "loads", "repeats");

  /** Values of the environment that do, and the seed, which is the plan's. */
  private static final Set<String> MOMENTS =
      Set.of(
          "seed",
          "load average before",
          "load average after",
          "steal since boot before",
          "steal since boot after");

  /** All changes, the plan's first. */
  static List<Change> between(RunFiles before, RunFiles after) {
    List<Change> changes = new ArrayList<>();
    changes.addAll(between(plan(before.manifest()), plan(after.manifest())));
    changes.addAll(between(environment(before), environment(after)));
    return changes;
  }

  private static List<Change> between(Map<String, String> before, Map<String, String> after) {
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .map(
            key ->
                new Change(key, before.getOrDefault(key, ABSENT), after.getOrDefault(key, ABSENT)))
        .filter(change -> !change.before.equals(change.after))
        .toList();
  }

  private static Map<String, String> environment(RunFiles run) {
    Map<String, String> values = new LinkedHashMap<>(run.env());
    values.keySet().removeAll(MOMENTS);
    return values;
  }

  /**
   * All fields of {@code plan.json} as text, without the names of parts; each setting by itself.
   */
  private static Map<String, String> plan(Manifest manifest) {
    Map<String, String> fields = new LinkedHashMap<>();
    add(new ObjectMapper().valueToTree(manifest), "", fields);
    return fields;
  }

  private static void add(JsonNode part, String prefix, Map<String, String> fields) {
    part.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isObject()) {
                add(value, field.getKey().equals("settings") ? "set " : "", fields);
              } else if (!(prefix.isEmpty() ? NAMES : PLANNED).contains(field.getKey())) {
                String text = value.isValueNode() ? value.asText() : value.toString();
                fields.put(prefix + field.getKey(), text);
              }
            });
  }
}
