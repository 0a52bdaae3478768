package shedlab.bench.protocols;

/**
 * One measurement.
 *
 * @param block from 1
 * @param position in the block, from 1
 */
record Row(int block, int position, String server, Asked asked, Reading reading) {
  boolean is(String ofServer, Asked what) {
    return server.equals(ofServer) && asked.equals(what);
  }

  /** {@code netty, h2, reset, kept}. */
  String words() {
    return server + ", " + asked.words();
  }
}
