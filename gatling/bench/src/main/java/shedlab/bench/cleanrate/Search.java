package shedlab.bench.cleanrate;

import java.io.IOException;
import java.util.List;

/**
 * The search for the greatest clean rate: the rates rise until one is not clean, then the gap is
 * halved a few times. If the first is not clean, it is halved until one is. Whatever lies above a
 * rate that was not clean is not tried. Not thread-safe.
 */
final class Search {
  /** Rates between are multiples of it, or of a tenth of the lower end if that is less. */
  private static final int GRAIN = 50;

  /** How often the first rate is halved at most. */
  private static final int HALVINGS = 4;

  /** What became of a load. */
  enum Verdict {
    /** A run would have found nothing to blame on the generators. */
    CLEAN,
    /** The certificate of a run would have called them not clean. */
    NOT_CLEAN,
    /** They were clean, and the server's CPU was full: nothing more is learnt about them. */
    SERVER_FULL
  }

  /** What is searched. */
  interface Subject {
    /** Offers a rate. */
    Verdict offer(int perSecond) throws IOException;
  }

  /**
   * What was found.
   *
   * @param clean the greatest clean rate; 0 if none was
   * @param beyond the least above it that was not clean; 0 if all were
   * @param server whether the server was full there
   */
  record Found(int clean, int beyond, boolean server) {}

  private final Subject subject;
  private int low;
  private int high;
  private boolean server;

  private Search(Subject subject) {
    this.subject = subject;
  }

  /**
   * Searches.
   *
   * @param rates rising
   * @param bisections how often the last gap is halved
   */
  static Found in(Subject subject, List<Integer> rates, int bisections) throws IOException {
    Search search = new Search(subject);
    search.rise(rates);
    search.fall();
    search.bisect(bisections);
    return new Found(search.low, search.high, search.server);
  }

  private void rise(List<Integer> rates) throws IOException {
    for (int i = 0; i < rates.size() && high == 0; i++) {
      offer(rates.get(i));
    }
  }

  private void fall() throws IOException {
    for (int i = 0; i < HALVINGS && low == 0 && high > 1; i++) {
      offer(high / 2);
    }
  }

  private void bisect(int times) throws IOException {
    for (int i = 0; i < times && low > 0 && high > 0; i++) {
      int grain = Math.max(1, Math.min(GRAIN, low / 10));
      int middle = (low + high) / 2 / grain * grain;
      if (middle <= low || middle >= high) {
        return;
      }
      offer(middle);
    }
  }

  private void offer(int perSecond) throws IOException {
    Verdict verdict = subject.offer(perSecond);
    if (verdict == Verdict.CLEAN) {
      low = perSecond;
    } else {
      high = perSecond;
      server = verdict == Verdict.SERVER_FULL;
    }
  }
}
