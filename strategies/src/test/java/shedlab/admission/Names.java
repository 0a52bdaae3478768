package shedlab.admission;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shedlab.spec.Definition;
import shedlab.strategy.Strategies;

/** All pieces, and those that a test names, so that a test cannot forget one. */
final class Names {
  private Names() {}

  static Set<String> ofAllPieces() {
    Strategies all = Strategies.builtIn();
    return Stream.of(all.policers(), all.limits(), all.backlogs())
        .flatMap(Collection::stream)
        .map(Definition::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names in specs; text after a bar is ignored. */
  static Set<String> in(Collection<String> specs) {
    return specs.stream()
        .flatMap(spec -> Arrays.stream(spec.split("[|]", -1)[0].split("\\+", -1)))
        .map(piece -> piece.split(":", -1)[0].strip())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
