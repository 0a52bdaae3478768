package shedlab.servers.undertow;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The bytes of a chunked body, unchanged; a read fails at the first byte that breaks the grammar of
 * RFC 9112, 7.1. Undertow's reader takes a size without digits for zero, ignores what stands behind
 * a size, and skips everything between a chunk and its line feed: it would wait for the end of a
 * body that is already wrong, or find its end where others do not.
 */
final class ChunkFraming extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_RETURN,
    DATA_END,
    TRAILER,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_END,
    BODY_END,
    OVER
  }

  private State state = State.SIZE;
  private int digits;
  private long left;
  private boolean spaceBeforeExtension;

  ChunkFraming(StreamSourceConduit bytes) {
    super(bytes);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int from = target.position();
    int read = super.read(target);
    for (int i = from; i < target.position(); i++) {
      check(target.get(i));
    }
    return read;
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (targets[i].hasRemaining()) {
        return read(targets[i]);
      }
    }
    return 0;
  }

  private void check(byte next) throws IOException {
    switch (state) {
      case SIZE -> size(next);
      case EXTENSION -> state = text(next, State.EXTENSION, State.SIZE_END);
      case SIZE_END -> state = only(next, '\n', left == 0 ? State.TRAILER : State.DATA);
      case DATA -> state = --left == 0 ? State.DATA_RETURN : State.DATA;
      case DATA_RETURN -> state = only(next, '\r', State.DATA_END);
      case DATA_END -> {
        state = only(next, '\n', State.SIZE);
        digits = 0;
      }
      case TRAILER -> trailer(next);
      case TRAILER_NAME -> state = name(next);
      case TRAILER_VALUE -> state = text(next, State.TRAILER_VALUE, State.TRAILER_END);
      case TRAILER_END -> state = only(next, '\n', State.TRAILER);
      case BODY_END -> state = only(next, '\n', State.OVER);
      case OVER -> {} // the next request
    }
  }

  private void size(byte next) throws IOException {
    int digit = Character.digit((char) next, 16);
    if (digit >= 0 && !spaceBeforeExtension) {
      left = 16 * left + digit;
      digits++;
    }
    boolean space = next == ' ' || next == '\t';
    if (digits == 0
        || left > Integer.MAX_VALUE
        || (spaceBeforeExtension && !space && next != ';')
        || (digit < 0 && !space && next != ';' && next != '\r')) {
      throw malformed();
    }
    spaceBeforeExtension = space;
    state = next == ';' ? State.EXTENSION : next == '\r' ? State.SIZE_END : State.SIZE;
  }

  private void trailer(byte next) throws IOException {
    if (next == '\r') {
      state = State.BODY_END;
    } else {
      state = name(next);
      if (state == State.TRAILER_VALUE) {
        throw malformed(); // no name
      }
    }
  }

  private static State name(byte next) throws IOException {
    if (next == ':') {
      return State.TRAILER_VALUE;
    }
    boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (letter || (next >= '0' && next <= '9') || TOKEN.indexOf(next) >= 0) {
      return State.TRAILER_NAME;
    }
    throw malformed();
  }

  private static State text(byte next, State more, State end) throws IOException {
    boolean control = (next >= 0 && next < ' ' && next != '\t') || next == 127;
    if (control && next != '\r') {
      throw malformed();
    }
    return next == '\r' ? end : more;
  }

  private static State only(byte next, char allowed, State then) throws IOException {
    if (next != allowed) {
      throw malformed();
    }
    return then;
  }

  private static IOException malformed() {
    return new IOException("a chunked body is malformed");
  }
}
