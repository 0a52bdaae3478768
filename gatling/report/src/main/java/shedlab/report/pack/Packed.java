package shedlab.report.pack;

/**
 * A text in which whatever occurred before is a reference to it (Ziv and Lempel 1977), made of
 * printable characters: it stands in a page as it is, and thirty lines of script read it.
 *
 * <p>Why not the JDK's own Deflater: its bytes depend on the zlib that a JDK was built with, and
 * the same raw files must give the same page everywhere.
 *
 * <p>The format: the number of characters of the text, a semicolon, then characters that stand for
 * themselves, and references. A reference is {@code ~} or {@code ^}, a length, and how far back it
 * begins, in two digits after {@code ~} and in three after {@code ^}. A length is a digit, to which
 * {@link #SHORTEST} is added; the greatest digit is followed by two more, which are added, too.
 * Digits are the characters from {@code #} to the closing brace without {@code <} and {@code ^}. Of
 * the text itself, {@code ~} and {@code ^} are followed by an exclamation mark.
 */
public final class Packed {
  static final char NEAR = '~';
  static final char FAR = '^';
  static final char ITSELF = '!';

  /** The length of the shortest reference. */
  static final int SHORTEST = 5;

  private static final String DIGITS = digits();
  private static final int BASE = DIGITS.length();
  private static final int NEAREST = BASE * BASE;
  private static final int FARTHEST = BASE * BASE * BASE;
  private static final int LONGEST = SHORTEST + BASE - 1 + NEAREST - 1;

  /** How many earlier places are compared, and from which length on the first is good enough. */
  private static final int TRIES = 64;

  private static final int ENOUGH = 400;
  private static final int HASH_BITS = 16;

  private final String text;
  private final int[] latest = new int[1 << HASH_BITS];
  private final int[] earlier;
  private final StringBuilder out;

  /** Where a reference begins, and its length; of length 0 if there is none that is shorter. */
  private record Match(int back, int length) {
    static final Match NONE = new Match(0, 0);

    /** By how many characters it is shorter than what it stands for. */
    int saves() {
      int digits = length - SHORTEST < BASE - 1 ? 1 : 3;
      return length == 0 ? 0 : length - 1 - digits - (back < NEAREST ? 2 : 3);
    }
  }

  private Packed(String text) {
    this.text = text;
    this.earlier = new int[text.length()];
    this.out = new StringBuilder(text.length() / 4 + 16);
  }

  /** A text, packed. */
  public static String of(String text) {
    var packed = new Packed(text);
    packed.out.append(text.length()).append(';');
    packed.write();
    return packed.out.toString();
  }

  private static String digits() {
    var digits = new StringBuilder();
    for (char c = '#'; c <= '}'; c++) {
      if (c != '<' && c != FAR) {
        digits.append(c);
      }
    }
    return digits.toString();
  }

  private void write() {
    int at = 0;
    Match match = match(0);
    while (at < text.length()) {
      remember(at);
      // A reference one character later may save more.
      Match next = match.length() < ENOUGH ? match(at + 1) : Match.NONE;
      if (match.saves() <= 0 || next.saves() > match.saves()) {
        character(text.charAt(at));
        at++;
        match = next;
        continue;
      }
      reference(match);
      for (int i = at + 1; i < at + match.length(); i++) {
        remember(i);
      }
      at += match.length();
      match = match(at);
    }
  }

  private void character(char c) {
    out.append(c);
    if (c == NEAR || c == FAR) {
      out.append(ITSELF);
    }
  }

  private void reference(Match match) {
    boolean near = match.back() < NEAREST;
    out.append(near ? NEAR : FAR);
    int length = match.length() - SHORTEST;
    if (length < BASE - 1) {
      out.append(DIGITS.charAt(length));
    } else {
      out.append(DIGITS.charAt(BASE - 1));
      number(length - BASE + 1, 2);
    }
    number(match.back(), near ? 2 : 3);
  }

  private void number(int value, int digits) {
    if (digits > 1) {
      number(value / BASE, digits - 1);
    }
    out.append(DIGITS.charAt(value % BASE));
  }

  /** The reference that saves most of those that were tried. */
  private Match match(int at) {
    Match best = Match.NONE;
    if (at + SHORTEST > text.length()) {
      return best;
    }
    int from = latest[hash(at)] - 1;
    for (int i = 0; i < TRIES && from >= 0 && at - from < FARTHEST; i++) {
      Match found = new Match(at - from, common(from, at));
      if (found.length() >= SHORTEST && found.saves() > best.saves()) {
        best = found;
        if (found.length() >= ENOUGH) {
          return best;
        }
      }
      from = earlier[from] - 1;
    }
    return best;
  }

  private int common(int from, int at) {
    int most = Math.min(LONGEST, text.length() - at);
    int length = 0;
    while (length < most && text.charAt(from + length) == text.charAt(at + length)) {
      length++;
    }
    return length;
  }

  /** Places are kept with 1 added: 0 is none. */
  private void remember(int at) {
    if (at + SHORTEST <= text.length()) {
      int hash = hash(at);
      earlier[at] = latest[hash];
      latest[hash] = at + 1;
    }
  }

  private int hash(int at) {
    int hash = 0;
    for (int i = at; i < at + SHORTEST; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return (hash * 0x9E3779B1) >>> (32 - HASH_BITS);
  }
}
