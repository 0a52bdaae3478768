package shedlab.bench.protocols;

import java.net.http.HttpClient;

/** What is spoken, as the servers' option {@code protocol} has it. */
enum Protocol {
  HTTP("http", "HTTP/1.1 in clear", "--h1", HttpClient.Version.HTTP_1_1),
  HTTPS("https", "HTTPS", "--h1", HttpClient.Version.HTTP_1_1),
  H2("h2", "HTTP/2", "--npn-list=h2", HttpClient.Version.HTTP_2);

  private final String option;
  private final String words;
  private final String generator;
  private final HttpClient.Version version;

  Protocol(String option, String words, String generator, HttpClient.Version version) {
    this.option = option;
    this.words = words;
    this.generator = generator;
    this.version = version;
  }

  /** Its value in the servers' option. */
  String option() {
    return option;
  }

  /** For readers. */
  String words() {
    return words;
  }

  /** The option with which h2load speaks nothing else. */
  String generator() {
    return generator;
  }

  /** The JDK's name for it; whether TLS is spoken, the address tells. */
  HttpClient.Version version() {
    return version;
  }
}
