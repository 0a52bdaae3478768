package shedlab.load;

import java.util.List;
import shedlab.spec.Definition;
import shedlab.spec.Spec;
import shedlab.spec.SpecException;

/** What a text {@code name[:key=value{,key=value}]} stands for, and its canonical text. */
public record Named<T>(String text, T value) {
  /**
   * Reads one of these definitions.
   *
   * @throws SpecException if the text names none of them or breaks a rule
   */
  public static <T> Named<T> read(String key, String text, List<Definition<T>> definitions) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    for (Definition<T> definition : definitions) {
      if (definition.name().equals(name)) {
        Spec spec = definition.parse(colon < 0 ? "" : text.substring(colon + 1));
        return new Named<>(spec.toString(), definition.make(spec));
      }
    }
    List<String> names = definitions.stream().<String>map(Definition::name).toList();
    throw new SpecException(key, text, "one of " + names);
  }
}
