package shedlab.spec;

/**
 * A property of a piece that other modules have to know. It is stated where the piece is defined.
 */
public enum Trait {
  /** It refuses every request: it only shows what a refusal costs. */
  ADMITS_NOBODY,
  /** It is given the capacity, which no real strategy knows: its result is the best possible. */
  KNOWS_CAPACITY,
  /** It never refuses: the control that the others are measured against. */
  NEVER_SHEDS,
  /** It learns nothing: a short simulation shows all of its behaviour. */
  STATIC,
  /**
   * Alone, it refuses the share that Erlang's loss formula gives for its parameter {@code limit}.
   */
  ERLANG_LOSS,
  /** It needs the server's own limiter; not every server has one. */
  NATIVE_LIMITER
}
