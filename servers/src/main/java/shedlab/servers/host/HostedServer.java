package shedlab.servers.host;

/** A running server that hosts the endpoint. Started by its adapter; thread-safe. */
public interface HostedServer extends AutoCloseable {
  /** The port it listens on. */
  int port();

  /** The server software's own version. */
  String version();

  /** Stops listening; connections already accepted go on. */
  void stopAccepting();

  /**
   * Writes out the replies it was handed before this call, then closes every connection and ends
   * its threads. Called once.
   */
  @Override
  void close();
}
