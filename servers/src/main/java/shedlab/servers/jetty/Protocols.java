package shedlab.servers.jetty;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import shedlab.servers.host.RefuseWith;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.host.Tls;

/** What a connection speaks, from the outside in. */
final class Protocols {
  private static final String ALPN = "alpn";
  private static final String HTTP_2 = "h2";

  private Protocols() {}

  static ConnectionFactory[] of(ServerConfig config) {
    return switch (config.listening().protocol()) {
      case HTTP -> new ConnectionFactory[] {http1()};
      case HTTPS -> new ConnectionFactory[] {tls(HttpVersion.HTTP_1_1.asString()), http1()};
      case H2 ->
          new ConnectionFactory[] {
            tls(ALPN), new ALPNServerConnectionFactory(HTTP_2), http2(config.refuseWith())
          };
    };
  }

  private static SslConnectionFactory tls(String next) {
    var server = new SslContextFactory.Server();
    server.setSslContext(Tls.context());
    server.setIncludeProtocols(Tls.VERSION);
    return new SslConnectionFactory(server, next);
  }

  private static HttpConnectionFactory http1() {
    return new HttpConnectionFactory(rules());
  }

  private static HTTP2ServerConnectionFactory http2(RefuseWith refuseWith) {
    var streams = new HTTP2ServerConnectionFactory(rules());
    streams.setMaxConcurrentStreams(ServerConfig.MAX_STREAMS);
    if (refuseWith == RefuseWith.RESET) { // by default some 128 events a second end the connection
      streams.setRateControlFactory(new RateControl.Factory() {});
    }
    return streams;
  }

  private static HttpConfiguration rules() {
    HttpConfiguration rules = new HttpConfiguration();
    rules.setSendServerVersion(false);
    rules.setSendDateHeader(true);
    rules.setHttpCompliance(
        HttpCompliance.STRICT.with(
            "shedlab",
            HttpCompliance.Violation.MULTILINE_FIELD_VALUE,
            HttpCompliance.Violation.UNSAFE_HOST_HEADER, // checked by MessageRules
            HttpCompliance.Violation.MISMATCHED_AUTHORITY)); // RFC 9112, 3.2.2: Host is ignored
    rules.setUriCompliance( // nothing is decoded here; MessageRules has the rules
        UriCompliance.UNSAFE.without(
            "shedlab", UriCompliance.Violation.FRAGMENT, UriCompliance.Violation.USER_INFO));
    rules.setRequestHeaderSize(ServerConfig.MAX_HEADER_BYTES);
    return rules;
  }
}
