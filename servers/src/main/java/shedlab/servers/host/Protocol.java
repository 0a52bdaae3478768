package shedlab.servers.host;

/** What is spoken on the connections. Each offers one version of HTTP, so that figures have one. */
public enum Protocol {
  /** HTTP/1.1 in clear. */
  HTTP,
  /** HTTP/1.1 over TLS. */
  HTTPS,
  /** HTTP/2 over TLS, agreed on by ALPN (RFC 7301). */
  H2;

  /** Whether a connection begins with a TLS handshake. */
  public boolean isEncrypted() {
    return this != HTTP;
  }
}
