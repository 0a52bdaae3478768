package shedlab.spec;

/** What sets a piece apart and others have to know. It is stated where the piece is defined. */
public enum Trait {
  /** Every request is refused: nothing is learned from it but what a refusal costs. */
  ADMITS_NOBODY,
  /** It is told the capacity, which no strategy can know: what it yields is the best possible. */
  KNOWS_CAPACITY,
  /** It never refuses: the control that the others are measured against. */
  NEVER_SHEDS,
  /** It never changes its mind: a short simulation says all there is to say. */
  STATIC,
  /** Alone, its share of refusals is Erlang's loss formula of the parameter {@code limit}. */
  ERLANG_LOSS,
  /** It needs a limiter that the server itself brings along; not every server has one. */
  NATIVE_LIMITER
}
