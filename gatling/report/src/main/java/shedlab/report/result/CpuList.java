package shedlab.report.result;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import shedlab.spec.SpecException;

/**
 * A list of CPUs as the kernel, {@code taskset} and cpusets write it: {@code 0-2,5} is four CPUs.
 *
 * @param cpus numbers, ascending
 */
public record CpuList(List<Integer> cpus) {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?");

  private static final String RULE = "a list such as 0-2,5";

  /** The list of these CPUs. */
  public static CpuList of(Iterable<Integer> numbers) {
    NavigableSet<Integer> sorted = new TreeSet<>();
    numbers.forEach(sorted::add);
    return new CpuList(List.copyOf(sorted));
  }

  /**
   * Reads a list.
   *
   * @throws SpecException if the text is no list of CPUs
   */
  public static CpuList parse(String text) {
    NavigableSet<Integer> cpus = new TreeSet<>();
    for (String range : text.trim().split(",", -1)) {
      Matcher matcher = RANGE.matcher(range);
      if (!matcher.matches()) {
        throw new SpecException("cpus", text, RULE);
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      SpecException.check(first <= last, "cpus", text, RULE);
      for (int cpu = first; cpu <= last; cpu++) {
        cpus.add(cpu);
      }
    }
    return new CpuList(List.copyOf(cpus));
  }

  /** The number of CPUs. */
  public int size() {
    return cpus.size();
  }

  @Override
  public String toString() {
    return cpus.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
