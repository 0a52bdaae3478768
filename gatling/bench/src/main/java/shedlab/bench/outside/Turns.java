package shedlab.bench.outside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import shedlab.bench.host.HostException;

/**
 * Measures subjects in turn, block by block. A subject that cannot be measured leaves a gap, and
 * the others go on. One thread runs it; any thread may stop it.
 *
 * @param <T> what is measured: a process of a server, or of load generators, and all that it is
 *     asked
 */
public final class Turns<T> {
  /** Measures a subject. */
  public interface Visit<T> {
    /**
     * Measures it.
     *
     * @param block from 1
     * @throws HostException if it cannot be measured
     */
    void of(int block, T subject) throws IOException;
  }

  /** Keeps what is known so far. */
  public interface Keeping {
    /** Keeps it, after each visit. */
    void keep() throws IOException;
  }

  private final Function<T, String> words;
  private final Consumer<String> line;
  private final List<String> gaps = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * Nothing is measured yet.
   *
   * @param words name a subject in a gap
   * @param line is told of every gap at once
   */
  public Turns(Function<T, String> words, Consumer<String> line) {
    this.words = words;
    this.line = line;
  }

  /**
   * All blocks, unless it is stopped.
   *
   * @param order the subjects of a block, from 1
   */
  public void run(int blocks, IntFunction<List<T>> order, Visit<T> visit, Keeping keeping)
      throws IOException {
    for (int block = 1; block <= blocks; block++) {
      for (T subject : order.apply(block)) {
        if (stopped) {
          return;
        }
        try {
          visit.of(block, subject);
        } catch (HostException e) {
          if (stopped) {
            return; // its processes were ended
          }
          gaps.add("block " + block + ", " + words.apply(subject) + ": " + e.getMessage());
          line.accept("  NOT MEASURED: " + gaps.get(gaps.size() - 1));
        }
        keeping.keep();
      }
    }
  }

  /** Begins nothing more, and what fails from now on is no gap. Any thread. */
  public void stop() {
    stopped = true;
  }

  /** What could not be measured, and why. */
  public List<String> gaps() {
    return List.copyOf(gaps);
  }
}
