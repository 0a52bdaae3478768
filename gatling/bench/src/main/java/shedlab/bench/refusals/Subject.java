package shedlab.bench.refusals;

/**
 * A server that is measured, a fresh process in every block.
 *
 * @param server one of Java, or {@value #TOKIO}
 * @param warmed false if the load begins with its first request
 */
record Subject(String server, Refusing refusing, boolean warmed) {
  /** The server without a JVM. */
  static final String TOKIO = "tokio";

  /** Why it refuses. */
  enum Refusing {
    /** A limit of one, whose permit is taken. */
    FULL("fixed:limit=1", 1),
    /** A policer that admits nobody. */
    ALL("reject-all+none", 0);

    private final String strategy;
    private final int permits;

    Refusing(String strategy, int permits) {
      this.strategy = strategy;
      this.permits = permits;
    }

    /** Canonical text. */
    String strategy() {
      return strategy;
    }

    /** The limit of a server that knows no strategies. */
    int permits() {
      return permits;
    }
  }

  boolean isTokio() {
    return server.equals(TOKIO);
  }

  /** {@code netty, fixed:limit=1, warm}. */
  String words() {
    return server + ", " + refusing.strategy() + ", " + start();
  }

  /** {@code warm} or {@code cold}. */
  String start() {
    return warmed ? "warm" : "cold";
  }
}
