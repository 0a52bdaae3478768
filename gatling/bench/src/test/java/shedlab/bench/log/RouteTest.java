package shedlab.bench.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "none",
      value = {
        "GET /products/17?q=a HTTP/1.1 | GET /products/*",
        "GET /products/17/ HTTP/1.1 | GET /products/*",
        "POST /v1/orders/5f0c7c2e-77a1-4c9f-9d0e-1b0a4c1d2e3f/items HTTP/2.0 | POST /v1/orders/*/items",
        "GET /a path, with commas HTTP/1.1 | GET /a path, with commas",
        "GET /say/\\\"hi\\\" HTTP/1.1 | GET /say/\\\"hi\\\"",
        "GET http://shop.example:80/cart;jsessionid=1 HTTP/1.1 | GET /cart",
        "GET http://shop.example HTTP/1.1 | GET /",
        "OPTIONS * HTTP/1.1 | OPTIONS *",
        "GET / HTTP/1.0 | GET /",
        "GET /old | GET /old",
        "GET /top10/2026 HTTP/1.1 | GET /top10/*",
        "GET /image-20261130.png HTTP/1.1 | GET /*",
      })
  void methodAndPathWithoutWhatTellsOneThingFromAnother(String line, String route) {
    assertThat(Route.ofRequestLine(line)).isEqualTo(route);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "\\x16\\x03\\x01", " HTTP/1.1"})
  void whatIsNoRequestLineHasNoRoute(String line) {
    assertThat(Route.ofRequestLine(line)).isEqualTo(Route.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"'',/a/1,/a/*", "GET,'',''", "GET,' /a ',GET /a"})
  void aColumnMayBeMissing(String method, String path, String route) {
    assertThat(Route.of(method, path)).isEqualTo(route);
  }
}
