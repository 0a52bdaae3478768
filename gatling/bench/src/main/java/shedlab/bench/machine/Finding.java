package shedlab.bench.machine;

/**
 * What was found in one respect.
 *
 * @param name what was checked
 * @param found how it is
 * @param remedy how to fix it; empty if it spoils nothing
 */
public record Finding(String name, String found, String remedy) {
  static Finding ok(String name, String found) {
    return new Finding(name, found, "");
  }

  static Finding of(String name, String found, boolean ok, String remedy) {
    return new Finding(name, found, ok ? "" : remedy);
  }

  /** False if it would spoil results. */
  public boolean ok() {
    return remedy.isEmpty();
  }

  /** One line: {@code warning swap 300 MiB in use; to fix it: ...}. */
  public String line() {
    String line = String.format("%-8s %-18s %s", ok() ? "ok" : "warning", name, found);
    return ok() ? line : line + "; to fix it: " + remedy;
  }
}
