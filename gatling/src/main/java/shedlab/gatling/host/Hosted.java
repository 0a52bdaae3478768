package shedlab.gatling.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** A server that is up. Closing it ends it at once and frees everything it held. */
public interface Hosted extends AutoCloseable {
  /** Where this JVM reaches it. */
  URI url();

  /** Where the injector reaches it. */
  URI loadUrl();

  /** What it said when it was ready: its whole resolved configuration. */
  JsonNode configuration();

  /** The sampler's CSV so far. */
  String samples();

  /** Its last words, for the message if it dies. */
  String log();

  @Override
  void close();
}
