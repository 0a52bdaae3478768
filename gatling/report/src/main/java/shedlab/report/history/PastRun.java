package shedlab.report.history;

import java.io.IOException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.raw.Floor;
import shedlab.report.result.RunFiles;

/**
 * A run with its place in time.
 *
 * @param floor the noise floor of its machine
 * @param date {@code 2026-11-30 09:41}, when it began; a dash if its name does not say
 * @param commit the first letters of the commit that was measured, with a plus if there were
 *     uncommitted changes; a dash if it is not known
 */
public record PastRun(RunFiles files, Floor floor, String date, String commit) {
  private static final Pattern STAMP =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)-(\\d\\d)(\\d\\d)\\d\\d.*");
  private static final String UNKNOWN = "–";
  private static final int LETTERS = 8;

  /** The oldest first; those without a date before all others. */
  public static final Comparator<PastRun> BY_TIME =
      Comparator.comparing((PastRun run) -> !run.date.equals(UNKNOWN))
          .thenComparing(run -> run.files.manifest().run())
          .thenComparing(PastRun::folder);

  /**
   * A run that was read.
   *
   * @throws IOException if its noise floor cannot be read
   */
  public static PastRun of(RunFiles files) throws IOException {
    Floor floor = Floor.read(files.folder());
    return new PastRun(files, floor, date(files.manifest().run()), commit(files));
  }

  /** The name of its folder. */
  public String folder() {
    return files.name();
  }

  /** From the run's own name, which stays when its folder is copied. */
  private static String date(String run) {
    Matcher stamp = STAMP.matcher(run);
    return stamp.matches()
        ? String.format(
            "%s-%s-%s %s:%s",
            stamp.group(1), stamp.group(2), stamp.group(3), stamp.group(4), stamp.group(5))
        : UNKNOWN;
  }

  private static String commit(RunFiles files) {
    String commit = files.env().getOrDefault("commit", "");
    if (commit.isBlank()) {
      return UNKNOWN;
    }
    String changed = files.env().getOrDefault("uncommitted changes", "no").equals("yes") ? "+" : "";
    return commit.substring(0, Math.min(LETTERS, commit.length())) + changed;
  }
}
