package shedlab.bench.cleanrate;

/**
 * One load.
 *
 * @param block from 1
 * @param position in the block, from 1
 * @param perSecond the rate that was offered
 */
record Row(int block, int position, Generators generators, int perSecond, Reading reading) {
  boolean is(Generators of, int rate) {
    return generators.equals(of) && perSecond == rate;
  }
}
