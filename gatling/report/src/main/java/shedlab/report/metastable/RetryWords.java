package shedlab.report.metastable;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.text.Numbers;

/** Retry policies in words: {@code 3 tries at once (budget 10 %)}. */
final class RetryWords {
  private static final Pattern POLICY = Pattern.compile("(immediate|backoff):tries=([0-9]+)(.*)");
  private static final Pattern BUDGET = Pattern.compile(",budget=([0-9.]+)");

  private final List<String> policies;

  /** For a map with these policies. */
  RetryWords(List<String> policies) {
    this.policies = policies;
  }

  /** In words; the text itself if another policy would have the same words. */
  String of(String policy) {
    String words = words(policy);
    return policies.stream().filter(other -> words(other).equals(words)).count() > 1
        ? "`" + policy + "`"
        : words;
  }

  private static String words(String policy) {
    if (policy.equals("none")) {
      return "no retries";
    }
    Matcher parts = POLICY.matcher(policy);
    if (!parts.matches()) {
      return "`" + policy + "`";
    }
    Matcher budget = BUDGET.matcher(parts.group(3));
    return parts.group(2)
        + (parts.group(1).equals("immediate") ? " tries at once" : " tries with pauses")
        + (budget.find()
            ? " (budget " + Numbers.wholePercent(Double.parseDouble(budget.group(1))) + ")"
            : "");
  }
}
