package shedlab.servers.host;

import org.jspecify.annotations.Nullable;

/** A running server that hosts the endpoint. Started by its adapter; thread-safe. */
public interface HostedServer extends AutoCloseable {
  /** The port it listens on. */
  int port();

  /** The server software's own version. */
  String version();

  /**
   * Which of its threads has ended, so that requests stay without an answer; null while all run.
   * Not to be asked once it is told to stop listening.
   */
  @Nullable String deadThread();

  /** Stops listening; connections already accepted go on. */
  void stopAccepting();

  /**
   * Writes out the replies it was handed before this call, then closes every connection and ends
   * its threads. Called once.
   */
  @Override
  void close();
}
