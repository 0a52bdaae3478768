package shedlab.report.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Turns the flat records of earlier formats into nested ones. */
public final class Nesting {
  private Nesting() {}

  /** Moves the fields of these names, if there are any, into a nested object. */
  public static ObjectNode nest(ObjectNode tree, String part, String... fields) {
    ObjectNode nested = tree.objectNode();
    for (String field : fields) {
      move(tree, field, nested, field);
    }
    tree.set(part, nested);
    return nested;
  }

  /** Moves one field, if there is one, to another place and name. */
  public static void move(ObjectNode from, String field, ObjectNode to, String name) {
    JsonNode value = from.remove(field);
    if (value != null) {
      to.set(name, value);
    }
  }
}
