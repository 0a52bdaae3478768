package shedlab.servers.netty;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder, without its leniency in the request line: one space between the words (RFC 9112,
 * 3), and a version in capitals (2.3).
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  StrictRequestDecoder(HttpDecoderConfig settings) {
    super(settings);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    requireOneSpaceBefore(line, start);
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    requireOneSpaceBefore(line, start);
    if (length > 0 && line[start] != 'H') {
      throw new IllegalArgumentException("a version begins with HTTP");
    }
    return super.splitThirdWordInitialLine(line, start, length);
  }

  private static void requireOneSpaceBefore(byte[] line, int start) {
    if (start < 2 || line[start - 1] != ' ' || line[start - 2] <= ' ') {
      throw new IllegalArgumentException("one space between the words of a request line");
    }
  }
}
