package shedlab.bench.fleet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import shedlab.bench.host.HostException;
import shedlab.bench.targets.Target;
import shedlab.simulation.model.FleetModel;
import shedlab.simulation.model.FleetModel.Proxy;

/**
 * The configuration of a proxy in front of a fleet. Neither proxy tries a request again: what a
 * killed server loses, and what is sent to it before the proxy notices, is to be seen.
 *
 * @param folder which has it
 */
record ProxyFile(Proxy proxy, Path folder) {
  /**
   * A connection that is refused takes a server out at once, and a check of its health brings it
   * back. {@code random(1)}: by default the better of two is taken.
   */
  private static final String HAPROXY =
      """
      # HAProxy itself puts in variables of the environment.
      global
          nbthread "${CPUS}"

      defaults
          mode http
          retries 0
          option abortonclose
          timeout connect 1s
          timeout client 75s
          timeout server 75s

      frontend fleet
          bind "${HOST}:${PORT}"
          default_backend servers

      backend servers
          balance @BALANCE@
          option httpchk GET /healthz
          timeout check 2s
          default-server check inter 500ms downinter 200ms fall 3 rise 1 observe layer4 error-limit 1 on-error mark-down
      @SERVERS@
      """;

  /**
   * nginx checks no health: a server that has failed once gets nothing for a second, which is the
   * least that it can be told; then a request finds out.
   */
  private static final String NGINX =
      """
      # A template: what starts nginx puts values for what stands between @ signs.
      daemon off;
      worker_processes @CPUS@;
      pid nginx.pid;
      error_log stderr crit;

      events {
          worker_connections 4096;
      }

      http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;

          upstream servers {
              zone servers 64k; # its processes count together
              @BALANCE@
      @SERVERS@
              keepalive 64;
          }

          server {
              listen @HOST@:@PORT@;
              keepalive_requests 100000000;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_connect_timeout 1s;
              proxy_next_upstream off; # no request is tried again

              location / {
                  proxy_pass http://servers;
              }
          }
      }
      """;

  private static final String START_NGINX =
      "sed -e \"s/@HOST@/$HOST/\" -e \"s/@PORT@/$PORT/\" -e \"s/@CPUS@/$CPUS/\" nginx.template"
          + " > nginx.conf && exec nginx -p ./ -c nginx.conf -e stderr";

  /** The name of the program. */
  static String program(Proxy proxy) {
    return proxy.name().toLowerCase(Locale.ROOT);
  }

  /** Writes that of a fleet whose servers are at these addresses. */
  static ProxyFile write(Path folder, FleetModel fleet, List<URI> servers) {
    boolean haproxy = fleet.proxy() == Proxy.HAPROXY;
    String text =
        (haproxy ? HAPROXY : NGINX)
            .replace("@BALANCE@", haproxy ? haproxyBalance(fleet) : nginxBalance(fleet))
            .replace("@SERVERS@", haproxy ? haproxyServers(servers) : nginxServers(servers));
    Path file = folder.resolve(haproxy ? "haproxy.cfg" : "nginx.template");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new HostException("proxy", file, "a file that can be written", e);
    }
    return new ProxyFile(fleet.proxy(), folder);
  }

  private static String haproxyBalance(FleetModel fleet) {
    return switch (fleet.balance()) {
      case RANDOM -> "random(1)";
      case ROUND_ROBIN -> "roundrobin";
      case LEAST_IN_FLIGHT -> "leastconn";
    };
  }

  private static String haproxyServers(List<URI> servers) {
    return IntStream.range(0, servers.size())
        .mapToObj(i -> "    server server-" + (i + 1) + " " + servers.get(i).getAuthority())
        .collect(Collectors.joining("\n"));
  }

  private static String nginxBalance(FleetModel fleet) {
    return switch (fleet.balance()) {
      case RANDOM -> "random;";
      case ROUND_ROBIN -> "# one after the other";
      case LEAST_IN_FLIGHT -> "least_conn;";
    };
  }

  private static String nginxServers(List<URI> servers) {
    return servers.stream()
        .map(url -> "        server " + url.getAuthority() + " max_fails=1 fail_timeout=1s;")
        .collect(Collectors.joining("\n"));
  }

  /** The proxy as a program that can be started. */
  Target target() {
    List<String> start =
        proxy == Proxy.HAPROXY
            ? List.of(program(proxy), "-db", "-f", "haproxy.cfg")
            : List.of("sh", "-c", START_NGINX);
    return new Target(
        program(proxy),
        "in front of a fleet",
        new Target.Program(folder, List.of(program(proxy)), 0, List.of(), start),
        Target.Paths.USUAL,
        List.of(),
        Map.of());
  }
}
