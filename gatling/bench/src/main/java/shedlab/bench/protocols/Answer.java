package shedlab.bench.protocols;

/** What a request gets. */
enum Answer {
  /** The cheapest 200: it never passes the gate. */
  PLAIN("200", "a `200`", "/healthz"),
  /** A reply with a reason. */
  STATUS("429", "a `429`", "/work?units=1"),
  /** Its stream is reset. */
  RESET("reset", "RST_STREAM", "/work?units=1"),
  /** Its connection is closed when it is accepted. */
  CLOSE("connection", "closing the connection at once", "/work?units=1");

  private final String option;
  private final String words;
  private final String path;

  Answer(String option, String words, String path) {
    this.option = option;
    this.words = words;
    this.path = path;
  }

  /** Of a refusal, its value in the servers' option {@code refuse-with}. */
  String option() {
    return option;
  }

  /** For sentences. */
  String words() {
    return words;
  }

  /** What is asked for. The task would be tiny, if one were admitted by mistake. */
  String path() {
    return path;
  }

  /** Whether the gate has said no. */
  boolean refuses() {
    return this != PLAIN;
  }
}
