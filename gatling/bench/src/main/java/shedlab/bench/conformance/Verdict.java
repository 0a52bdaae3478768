package shedlab.bench.conformance;

/**
 * What came of a rule.
 *
 * @param found what the target did, in one line; for a rule that is not known: why
 */
record Verdict(Kind kind, String found) {
  /** Whether the target keeps the rule. */
  enum Kind {
    HOLDS("holds"),
    BROKEN("does not hold"),
    NOT_KNOWN("not known"),

    /** Not known either, and the line of another rule says what that means. */
    MOOT("not known");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  static Verdict holds(String found) {
    return new Verdict(Kind.HOLDS, found);
  }

  /** With what would have been right. */
  static Verdict broken(String found, String expected) {
    return new Verdict(Kind.BROKEN, found + " (expected: " + expected + ")");
  }

  static Verdict notKnown(String why) {
    return new Verdict(Kind.NOT_KNOWN, why);
  }

  /** For what another rule has decided. */
  static Verdict moot(String why) {
    return new Verdict(Kind.MOOT, why);
  }

  /** One of the two. */
  static Verdict of(boolean holds, String found, String expected) {
    return holds ? holds(found) : broken(found, expected);
  }

  boolean isBroken() {
    return kind == Kind.BROKEN;
  }
}
