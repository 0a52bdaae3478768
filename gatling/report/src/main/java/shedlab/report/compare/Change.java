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

/** Something about the plan or the environment that was not the same in both runs. */
record Change(String what, String before, String after) {
  private static final String ABSENT = "–";

  /** Different in any two runs. */
  private static final Set<String> NAMES = Set.of("formatVersion", "run", "question");

  /** All changes, the plan's first. */
  static List<Change> between(RunFiles before, RunFiles after) {
    List<Change> changes = new ArrayList<>();
    changes.addAll(between(plan(before.manifest()), plan(after.manifest())));
    changes.addAll(between(before.env(), after.env()));
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

  /** Fields of {@code plan.json} as text; each of the settings on its own. */
  private static Map<String, String> plan(Manifest manifest) {
    Map<String, String> fields = new LinkedHashMap<>();
    JsonNode tree = new ObjectMapper().valueToTree(manifest);
    tree.properties()
        .forEach(
            field -> {
              if (field.getKey().equals("settings")) {
                field
                    .getValue()
                    .properties()
                    .forEach(key -> fields.put("set " + key.getKey(), key.getValue().asText()));
              } else if (!NAMES.contains(field.getKey())) {
                JsonNode value = field.getValue();
                fields.put(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
              }
            });
    return fields;
  }
}
