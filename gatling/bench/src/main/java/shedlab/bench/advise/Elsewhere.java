package shedlab.bench.advise;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A rule in the settings of proxies and servers.
 *
 * @param rule a constant limit and perhaps a queue
 * @param exact whether that is what is advised; else it is the nearest that such products have
 * @param order of the queue that is advised, if these products do not have it; else empty
 * @param question the service
 */
record Elsewhere(Rule rule, boolean exact, String order, Question question) {
  /** All of them. */
  List<Translation> all() {
    return List.of(resilience4j(), envoy(), nginx(), nginxPlus(), haproxy(), undertow(), jetty());
  }

  /** What cannot be said in any of these products, in front of what can. */
  private String shortOf() {
    return order.isEmpty() ? "" : "It cannot order its queue as `" + order + "` does. ";
  }

  private int places() {
    return rule.places(question.cores(), question.time().mean());
  }

  private long timeoutMillis() {
    return Math.max(1, rule.timeout().toMillis());
  }

  /** A queue that is bounded by its length alone: clients leave before it empties. */
  private String byLength() {
    return rule.queues() ? rule.withQueue(places(), question.timeout()) : rule.strategy();
  }

  private String asSaid() {
    return exact ? "" : rule.strategy();
  }

  private Translation resilience4j() {
    String wait = rule.queues() ? "Duration.ofMillis(" + timeoutMillis() + ")" : "Duration.ZERO";
    return new Translation(
        "Resilience4j Bulkhead",
        shortOf()
            + (rule.queues()
                ? "Each waiting request holds a thread, and their number has no bound but the threads'."
                : "Nothing waits."),
        """
        BulkheadConfig.custom()
            .maxConcurrentCalls(%d)
            .maxWaitDuration(%s)
            .fairCallHandlingStrategyEnabled(true)
            .build();"""
            .formatted(rule.limit(), wait),
        rule.queues() ? rule.withQueue(MOST_PLACES, rule.timeout()) : asSaid());
  }

  private static final int MOST_PLACES = 100_000;

  private Translation envoy() {
    return new Translation(
        "Envoy, circuit breaker of a cluster with one HTTP/1.1 server",
        shortOf()
            + "The queue has a length and no longest wait: so many places are served within "
            + timeoutMillis()
            + " ms. Refuses with 503. Each Envoy counts for itself.",
        """
        circuit_breakers:
          thresholds:
            - max_connections: %d
              max_requests: %d
              max_pending_requests: %d"""
            .formatted(rule.limit(), rule.limit(), Math.max(1, places())),
        byLength());
  }

  private Translation nginx() {
    int all = rule.limit() + (rule.queues() ? places() : 0);
    return new Translation(
        "NGINX",
        "It has no queue: the limit has to hold those that would wait"
            + (rule.queues()
                ? " ("
                    + rule.limit()
                    + " in flight and "
                    + places()
                    + " waiting), and they wait in the server."
                : "."),
        """
        limit_conn_zone $server_name zone=app:1m;   # http
        limit_conn app %d;                          # server or location
        limit_conn_status 429;"""
            .formatted(all),
        "fixed:limit=" + all);
  }

  private Translation nginxPlus() {
    String queue =
        rule.queues()
            ? "\n    queue %d timeout=%dms;".formatted(rule.capacity(), timeoutMillis())
            : "";
    return new Translation(
        "NGINX Plus",
        shortOf()
            + (rule.queues()
                ? "`queue` is not in the open source version; a full queue and the timeout give 502, and"
                    + " each worker process has its own."
                : "What is above the limit gets 502."),
        """
        upstream app {
            zone app 64k;
            server 127.0.0.1:8080 max_conns=%d;%s
        }"""
            .formatted(rule.limit(), queue),
        asSaid());
  }

  private Translation haproxy() {
    String queue =
        rule.queues()
            ? "    timeout queue %dms\n    http-request deny deny_status 429 if { queue(app) ge %d }\n"
                .formatted(timeoutMillis(), rule.capacity())
            : "    timeout queue 1ms\n    http-request deny deny_status 429 if { be_conn(app) gt %d }\n"
                .formatted(rule.limit());
    return new Translation(
        "HAProxy",
        shortOf() + "Whoever has waited for the timeout gets 503.",
        """
        backend app
        %s    server s1 127.0.0.1:8080 maxconn %d"""
            .formatted(queue, rule.limit()),
        asSaid());
  }

  private Translation undertow() {
    return new Translation(
        "Undertow",
        shortOf()
            + (rule.queues()
                ? "The queue has a length and no longest wait: so many places are served within "
                    + timeoutMillis()
                    + " ms."
                : "It cannot be without a queue (0 means no bound): one place is the least."),
        """
        RequestLimit limit = new RequestLimit(%d, %d);
        limit.setFailureHandler(new ResponseCodeHandler(429));
        HttpHandler root = new RequestLimitingHandler(limit, next);"""
            .formatted(rule.limit(), Math.max(1, places())),
        rule.queues() ? byLength() : rule.withQueue(1, question.timeout()));
  }

  private Translation jetty() {
    String suspend =
        rule.queues()
            ? "qos.setMaxSuspendedRequestCount(%d);\nqos.setMaxSuspend(Duration.ofMillis(%d));"
                .formatted(rule.capacity(), timeoutMillis())
            : "qos.setMaxSuspendedRequestCount(0);";
    return new Translation(
        "Jetty 12",
        (shortOf() + "Requests of one priority wait in their order.").strip(),
        """
        QoSHandler qos = new QoSHandler(handler);
        qos.setMaxRequestCount(%d);
        %s
        qos.setRejectStatusCode(429);"""
            .formatted(rule.limit(), suspend),
        asSaid());
  }

  /** A duration as Envoy and Netflix have it. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3fs", duration.toNanos() / 1e9);
  }
}
