package shedlab.bench.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What decides how soon a thread that wakes gets a busy CPU: the kernel's preemption mode and its
 * tick. Only root may read the mode, and many kernels do not tell how they were built; what is not
 * known is called {@code unknown}.
 */
record KernelScheduling(Machine machine) {
  private static final String UNKNOWN = "unknown";
  private static final List<String> MODES = List.of("NONE", "VOLUNTARY", "LAZY", "RT");

  /** By name, as they go into the results. */
  Map<String, String> facts() {
    Optional<String> build = build();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kernel version", machine.textOrUnknown("proc/sys/kernel/version"));
    facts.put("preemption", preemption(build));
    facts.put(
        "tick Hz", build.flatMap(text -> first("(?m)^CONFIG_HZ=([0-9]+)$", text)).orElse(UNKNOWN));
    return facts;
  }

  private String preemption(Optional<String> build) {
    return machine
        .text("sys/kernel/debug/sched/preempt")
        .flatMap(text -> first("\\(([a-z]+)\\)", text))
        .or(
            () ->
                machine
                    .text("proc/cmdline")
                    .flatMap(text -> first("(?:^| )preempt=([a-z]+)", text))
                    .map(mode -> mode + ", by the kernel's command line"))
        .or(() -> build.flatMap(this::asBuilt))
        .orElse(UNKNOWN);
  }

  /** A kernel whose mode can be changed while it runs may have another one now. */
  private Optional<String> asBuilt(String build) {
    boolean changeable = build.contains("\nCONFIG_PREEMPT_DYNAMIC=y");
    return MODES.stream()
        .filter(mode -> build.contains("\nCONFIG_PREEMPT_" + mode + "=y"))
        .findFirst()
        .or(() -> build.contains("\nCONFIG_PREEMPT=y") ? Optional.of("FULL") : Optional.empty())
        .map(mode -> mode.toLowerCase(Locale.ROOT))
        .map(mode -> mode + ", as built" + (changeable ? "; root may have changed it" : ""));
  }

  /** The options that the kernel was built with. */
  private Optional<String> build() {
    String release = machine.textOrUnknown("proc/sys/kernel/osrelease");
    return unpacked("proc/config.gz")
        .or(() -> machine.text("boot/config-" + release))
        .map("\n"::concat);
  }

  private Optional<String> unpacked(String file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(machine.root().resolve(file)))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> first(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().map(KernelScheduling::word);
  }

  private static String word(MatchResult found) {
    return found.group(1);
  }
}
