package shedlab.admission;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shedlab.spec.Definition;
import shedlab.strategy.Strategies;

/** Which pieces there are, and which a test names: so that none is forgotten. */
final class Names {
  private Names() {}

  static Set<String> ofAllPieces() {
    Strategies all = Strategies.builtIn();
    return Stream.of(all.policers(), all.limits(), all.backlogs())
        .flatMap(Collection::stream)
        .map(Definition::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** In specs, whatever follows them after a bar. */
  static Set<String> in(Collection<String> specs) {
    return specs.stream()
        .flatMap(spec -> Arrays.stream(spec.split("[|]", -1)[0].split("\\+", -1)))
        .map(piece -> piece.split(":", -1)[0].strip())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
