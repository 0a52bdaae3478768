package shedlab.bench.protocols;

import shedlab.bench.outside.H2loadOutput;

/**
 * What the clients have counted.
 *
 * @param ok answers with a status of 2xx
 * @param refused answers with a status of 4xx
 * @param other answers with another status
 * @param resets streams that the server has reset
 * @param closed requests that got no answer because their connection was refused or closed
 * @param seconds that it took
 */
record Tally(long ok, long refused, long other, long resets, long closed, double seconds) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

  /** Of what h2load counts: what is done without a status was reset. */
  static Tally of(H2loadOutput.Counts counts) {
    long resets = counts.done() - counts.answers();
    return new Tally(
        counts.status2xx(),
        counts.status4xx(),
        counts.status3xx() + counts.status5xx(),
        resets,
        counts.errored() - resets,
        counts.seconds());
  }

  /** Of both, one after the other. */
  Tally plus(Tally next) {
    return new Tally(
        ok + next.ok,
        refused + next.refused,
        other + next.other,
        resets + next.resets,
        closed + next.closed,
        seconds + next.seconds);
  }

  /** Everything that came to an end. */
  long ended() {
    return ok + refused + other + resets + closed;
  }

  /** Everything that is a refusal, if the server did nothing but refuse. */
  long refusals() {
    return refused + resets + closed;
  }
}
