package shedlab.report.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import shedlab.report.Headline;
import shedlab.report.history.PastRun;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Prose;

/**
 * A run as the index lists it.
 *
 * @param headline what it found, and how many cells are valid
 * @param ownSettings what its command changed about the experiment; empty for none
 */
record ListedRun(PastRun run, Headline headline, String ownSettings) {
  private static final int NAMED_SERVERS = 4;

  /** The rule of {@link #BEST_FIRST}, for the page. */
  static final String RULE =
      "The best run of a question comes first: published before fresh, measured before simulated,"
          + " evidence before none, then the most valid cells, the most blocks, and the newest. The"
          + " others follow, the newest first.";

  /** The best run of a question first. */
  static final Comparator<ListedRun> BEST_FIRST =
      Comparator.comparing((ListedRun listed) -> !listed.published())
          .thenComparing(listed -> listed.plan().setUp().simulated())
          .thenComparing(listed -> !listed.plan().purpose().evidence())
          .thenComparing(Comparator.comparing(ListedRun::valid).reversed())
          .thenComparing(Comparator.comparing(ListedRun::blocks).reversed())
          .thenComparing(ListedRun::run, PastRun.BY_TIME.reversed());

  /**
   * A run that was read.
   *
   * @throws IOException if its noise floor cannot be read
   */
  static ListedRun of(RunFiles files) throws IOException {
    return new ListedRun(
        PastRun.of(files), Headline.of(files), OwnSettings.of(files.manifest().invocation()));
  }

  Manifest plan() {
    return run.files().manifest();
  }

  private boolean published() {
    return RunFiles.isPublished(run.folder());
  }

  private long valid() {
    return run.files().cells().stream().filter(CellResult::valid).count();
  }

  /** How many were begun: of a run that ended early, or goes on, not those of its plan. */
  private long blocks() {
    return run.files().cells().stream().map(cell -> cell.key().repeat()).distinct().count();
  }

  /** When, what, where and how much, in a line. */
  String facts() {
    List<String> facts = new ArrayList<>();
    facts.add(run.date());
    facts.add("commit " + run.commit());
    facts.add(machine());
    facts.add(servers());
    facts.add(headline.validity());
    facts.add(Prose.count(blocks(), "block"));
    Manifest.Purpose purpose = plan().purpose();
    facts.add(purpose.profile() + (purpose.evidence() ? "" : " (not evidence)"));
    if (!ownSettings.isEmpty()) {
      facts.add("`" + ownSettings + "`");
    }
    return String.join(" · ", facts);
  }

  private String servers() {
    List<String> servers = plan().grid().servers();
    return servers.size() <= NAMED_SERVERS
        ? Prose.list(servers)
        : servers.get(0) + " and " + Prose.count(servers.size() - 1, "other server");
  }

  /** The processor as it calls itself, without what all of them say; its CPUs; and the host. */
  private String machine() {
    if (plan().setUp().simulated()) {
      return plan().setUp().host();
    }
    Map<String, String> env = run.files().env();
    String processor =
        env.getOrDefault("CPU", "")
            .replaceAll("\\((R|TM|tm)\\)|\\bProcessor\\b|\\bCPU\\b|@.*", "")
            .replaceAll("\\s+", " ")
            .strip();
    String count = env.getOrDefault("logical CPUs", "");
    List<String> words = new ArrayList<>();
    if (!processor.isEmpty()) {
      words.add(processor);
    }
    if (!count.isEmpty()) {
      words.add(count.equals("1") ? "1 CPU" : count + " CPUs");
    }
    words.add(plan().setUp().host());
    return String.join(", ", words);
  }
}
