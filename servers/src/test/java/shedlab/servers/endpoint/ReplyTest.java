package shedlab.servers.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.admission.Shed;
import shedlab.retry.RetryAfter;

/** Which replies come encoded, and what their bytes are. */
final class ReplyTest {
  @ParameterizedTest
  @EnumSource(Shed.class)
  void aRefusalIsEncodedWithEverythingInIt(Shed reason) {
    assertThat(text(Reply.shed(reason, 17)))
        .matches(
            "HTTP/1.1 429 Too Many Requests\r\n"
                + "Content-Type: text/plain\r\n"
                + "Retry-After: 17\r\n"
                + "Shedlab-Reason: "
                + Endpoint.word(reason)
                + "\r\n"
                + "Content-Length: 5\r\n"
                + "Date: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n"
                + "\r\n"
                + "shed\n");
  }

  @Test
  void thereIsOneRefusalForEachReasonAndTime() {
    assertThat(Reply.shed(Shed.FULL, 2)).isSameAs(Reply.shed(Shed.FULL, 2));
    assertThat(Reply.shed(Shed.FULL, 2)).isNotSameAs(Reply.shed(Shed.FULL, 3));
    assertThat(text(Reply.shed(Shed.FULL, RetryAfter.MOST_SECONDS))).contains(": 30\r\n");
  }

  @Test
  void whoeverSendsOneHasBytesThatNobodyElseCanMoveOrChange() {
    ByteBuffer one = Objects.requireNonNull(Reply.shed(Shed.LIMIT, 1).encoded());
    ByteBuffer other = Objects.requireNonNull(Reply.shed(Shed.LIMIT, 1).encoded());
    one.position(one.limit());
    assertThat(other.position()).isZero();
    assertThat(other.isReadOnly()).isTrue();
  }

  @Test
  void theServersEncodeAllOthers() {
    assertThat(Reply.HEALTHY.encoded()).isNull();
    assertThat(Reply.DRAINING.encoded()).isNull();
    assertThat(Reply.MALFORMED.encoded()).isNull();
    assertThat(Reply.done(1, 2, 3, 4, 5).encoded()).isNull();
  }

  private static String text(Reply reply) {
    ByteBuffer encoded = reply.encoded();
    return encoded == null ? "" : US_ASCII.decode(encoded).toString();
  }
}
