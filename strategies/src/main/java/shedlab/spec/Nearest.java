package shedlab.spec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The known names that are most similar to a name that does not exist. */
public final class Nearest {
  private static final int SHOWN = 4;

  private Nearest() {}

  /**
   * The rule for the message about an unknown word: first the names that it resembles, then all
   * names.
   */
  public static String rule(String word, Collection<String> names) {
    List<String> near =
        names.stream()
            .filter(name -> resembles(word, name))
            .sorted(Comparator.comparingInt(name -> distance(word, name)))
            .limit(SHOWN)
            .toList();
    String all = String.join(", ", names);
    return near.isEmpty() ? "one of " + all : "one of " + String.join(", ", near) + "; all: " + all;
  }

  /** Allows one wrong letter in every four; a part of a name between hyphens counts as the name. */
  private static boolean resembles(String word, String name) {
    int slips = (word.length() + 3) / 4;
    return !word.isEmpty()
        && (distance(word, name) <= slips
            || Arrays.stream(name.split("-", -1)).anyMatch(part -> distance(word, part) <= slips));
  }

  /** Letters to insert, delete or replace (Levenshtein 1965). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
