package shedlab.bench.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.strategy.Strategies;

class ElsewhereTest {
  private static final Question QUESTION = AdviceTest.question("7", "20ms", "200ms", "1.5x");

  @Test
  void everyProductGetsTheLimitAndWhatItHasOfTheQueue() {
    Rule rule = new Rule(7, Rule.FIFO, 33, Duration.ofMillis(90));
    List<Translation> all = new Elsewhere(rule, true, "", QUESTION).all();

    assertThat(all).hasSize(7);
    // 90 ms of 7 cores are 31 tasks.
    assertThat(code(all, "Resilience4j")).contains("maxConcurrentCalls(7)", "ofMillis(90)");
    assertThat(code(all, "Envoy")).contains("max_connections: 7", "max_pending_requests: 31");
    assertThat(code(all, "NGINX Plus")).contains("max_conns=7;", "queue 33 timeout=90ms;");
    assertThat(code(all, "NGINX")).contains("limit_conn app 38;");
    assertThat(code(all, "HAProxy")).contains("maxconn 7", "timeout queue 90ms", "ge 33 }");
    assertThat(code(all, "Undertow")).contains("new RequestLimit(7, 31)");
    assertThat(code(all, "Jetty")).contains("Count(7)", "Count(33)", "ofMillis(90)");
    assertThat(all).allSatisfy(ElsewhereTest::canBeSimulated);
  }

  @Test
  void aBareLimitHasNoQueueWhereThatIsPossible() {
    Rule rule = new Rule(7, "", 0, Duration.ZERO);
    List<Translation> all = new Elsewhere(rule, true, "", QUESTION).all();

    assertThat(all).allSatisfy(each -> assertThat(each.code()).contains("7"));
    assertThat(code(all, "Resilience4j")).contains("Duration.ZERO");
    assertThat(code(all, "NGINX")).contains("limit_conn app 7;");
    assertThat(code(all, "HAProxy")).contains("be_conn(app) gt 7 }");
    assertThat(code(all, "Undertow")).contains("new RequestLimit(7, 1)");
    assertThat(code(all, "Jetty")).contains("setMaxSuspendedRequestCount(0)");
    assertThat(all).allSatisfy(ElsewhereTest::canBeSimulated);
  }

  @Test
  void whatAProductCannotSayIsSaid() {
    Rule rule = new Rule(7, Rule.FIFO, 33, Duration.ofMillis(90));
    List<Translation> all = new Elsewhere(rule, false, "codel", QUESTION).all();

    assertThat(all)
        .filteredOn(each -> !each.product().equals("NGINX"))
        .allSatisfy(
            each ->
                assertThat(each.remark()).startsWith("It cannot order its queue as `codel` does."));
    assertThat(all).allSatisfy(each -> assertThat(each.does()).startsWith("fixed:limit="));
  }

  @Test
  void netflixHasTheLimitsThatLearnAndALifoQueue() {
    Rule rule = new Rule(7, Rule.LIFO, 33, Duration.ofMillis(90));

    assertThat(
            Adaptive.netflix(canonical("fixed:limit=7+lifo:capacity=33,timeout=90ms"), rule, true))
        .satisfies(
            each ->
                assertThat(each.code())
                    .contains("FixedLimit.of(7)", "backlogSize(33)", "backlogTimeout(90, "));
    assertThat(Adaptive.netflix(canonical("aimd:min=3,max=77,timeout=125ms"), rule, false).code())
        .contains("AIMDLimit", "minLimit(3)", "maxLimit(77)", "timeout(125, ");
    assertThat(Adaptive.netflix(canonical("vegas:max=77,alpha=5,beta=9"), rule, false).code())
        .contains("VegasLimit", "maxConcurrency(77)", "alpha(5)", "beta(9)");
    assertThat(Adaptive.netflix(canonical("gradient2:max=77,queue=5"), rule, false).code())
        .contains("Gradient2Limit", "maxConcurrency(77)", "queueSize(5)");
  }

  @Test
  void envoysFilterHasTheValuesOfOurs() {
    String strategy = canonical("envoy:max=77,quantile=0.9,interval=250ms,probe=5");

    assertThat(Adaptive.envoy(strategy).orElseThrow().code())
        .contains(
            "max_concurrency_limit: 77", "value: 90", "0.250s", "min_concurrency: 5", "60.000s");
    assertThat(Adaptive.envoy(canonical("aimd"))).isEmpty();
  }

  @Test
  void theLibraryGetsATextThatItReads() {
    String strategy = canonical("fixed:limit=7+fifo:capacity=33,timeout=90ms");

    assertThat(Adaptive.library(strategy).code())
        .contains("Strategies.builtIn()", "\"" + strategy + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "fixed:limit=7, true, fixed:limit=7",
    "'fixed:limit=7+fifo:capacity=33,timeout=90ms', true, 'fixed:limit=7+fifo:capacity=33,timeout=90ms'",
    "'fixed:limit=7+lifo:capacity=33,timeout=90ms', false, 'fixed:limit=7+fifo:capacity=33,timeout=90ms'",
    "aimd, , ",
    "deadline+fixed:limit=7, , ",
    "none, , "
  })
  void aRuleIsAConstantLimitAndPerhapsAQueue(String strategy, Boolean plain, String written) {
    Optional<Rule> rule = Rule.of(canonical(strategy));

    assertThat(rule.map(Rule::plain)).isEqualTo(Optional.ofNullable(plain));
    assertThat(rule.map(Rule::strategy)).isEqualTo(Optional.ofNullable(written));
  }

  private static void canBeSimulated(Translation translation) {
    if (!translation.does().isEmpty()) {
      assertThat(canonical(translation.does())).startsWith("fixed:");
    }
  }

  private static String code(List<Translation> all, String product) {
    return all.stream()
        .filter(each -> each.product().equals(product))
        .findFirst()
        .or(() -> all.stream().filter(each -> each.product().startsWith(product)).findFirst())
        .orElseThrow()
        .code();
  }

  private static String canonical(String strategy) {
    return Strategies.builtIn().parse(strategy).toString();
  }
}
