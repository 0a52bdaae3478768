package shedlab.bench.targets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import shedlab.bench.experiment.OwnStrategy;

/**
 * A server that is not one of ours.
 *
 * @param name the word of {@code servers} that asks for it
 * @param title one line on what it is
 * @param origin where it comes from
 * @param paths what it is asked for
 * @param limits those it is measured with, beside its own default; empty if it takes none
 * @param environment variables that it is always given
 */
public record Target(
    String name,
    String title,
    Origin origin,
    Paths paths,
    List<Integer> limits,
    Map<String, String> environment) {
  /** Where a target comes from. */
  public sealed interface Origin {}

  /**
   * A program of this machine.
   *
   * @param folder in which it is built and started
   * @param needs programs that must be on the path
   * @param java the least JDK that it needs; 0 if it needs none
   * @param build a command; empty if there is nothing to build
   * @param start a command
   */
  public record Program(
      Path folder, List<String> needs, int java, List<String> build, List<String> start)
      implements Origin {}

  /** An image of a Docker engine, which listens on the port that it is told. */
  public record Image(String image) implements Origin {}

  /** A server that somebody else has started. */
  public record Address(URI url) implements Origin {}

  /**
   * What it is asked for.
   *
   * @param work does the work; {@code {units}} stands for its size
   * @param health answers 200 when it is ready
   * @param metrics Prometheus text with the names of the contract; empty if it has none
   * @param shed the statuses that say no
   * @param checked whether the answer to {@code work} is the checksum of the contract
   */
  public record Paths(
      String work, String health, String metrics, List<Integer> shed, boolean checked) {
    /** Where the size of the work stands. */
    public static final String UNITS = "{units}";

    /** The contract's least. */
    public static final Paths USUAL =
        new Paths("/work?units=" + UNITS, "/healthz", "", List.of(429), true);

    /** The path of work of a size. */
    public String work(int units) {
      return work.replace(UNITS, Integer.toString(units));
    }
  }

  /** All that a run asks of it by, in one line. */
  public String terms() {
    return paths + " " + new TreeMap<>(environment);
  }

  /** The strategies that it is measured with: its own, and its own with each of its limits. */
  public List<String> strategies() {
    return Stream.concat(
            Stream.of(OwnStrategy.NAME), limits.stream().map(l -> new OwnStrategy(l).toString()))
        .toList();
  }
}
