package shedlab.bench.refusals;

/**
 * What a server is asked.
 *
 * @param kept whether connections are kept; otherwise each request has its own
 * @param perSecond requests per second; {@value #SATURATED}: each connection asks again at once
 */
record Load(Answer answer, boolean kept, int perSecond) {
  static final int SATURATED = 0;

  /** As the table has them: one core cannot answer so many connections at once. */
  static final int CONNECTIONS = 32;

  /** What a request gets. */
  enum Answer {
    /** A 429. The task would be tiny, if one were admitted by mistake. */
    REFUSAL("429", "/work?units=1"),
    /** The cheapest 200: it never passes the gate. */
    PLAIN("200", "/healthz");

    private final String status;
    private final String path;

    Answer(String status, String path) {
      this.status = status;
      this.path = path;
    }

    String status() {
      return status;
    }

    String path() {
      return path;
    }
  }

  static Load saturated(Answer answer, boolean kept) {
    return new Load(answer, kept, SATURATED);
  }

  /** Refusals over kept connections, as many as are offered. */
  static Load offered(int perSecond) {
    return new Load(Answer.REFUSAL, true, perSecond);
  }

  boolean isSaturated() {
    return perSecond == SATURATED;
  }

  /** {@code kept} or {@code new}. */
  String connections() {
    return kept ? "kept" : "new";
  }
}
