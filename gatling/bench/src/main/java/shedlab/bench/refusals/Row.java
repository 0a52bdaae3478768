package shedlab.bench.refusals;

/**
 * One measurement.
 *
 * @param block from 1
 * @param position in the block, from 1
 */
record Row(int block, int position, Subject subject, Load load, Reading reading) {
  boolean is(Subject ofSubject, Load underLoad) {
    return subject.equals(ofSubject) && load.equals(underLoad);
  }

  /** {@code netty, fixed:limit=1, warm, 429, kept, saturated}. */
  String words() {
    return String.join(
        ", ",
        subject.words(),
        load.answer().status(),
        load.connections(),
        load.isSaturated() ? "saturated" : load.perSecond() + "/s");
  }
}
