package shedlab.report.result;

import java.util.Map;

/**
 * A named way to run every cell of an experiment.
 *
 * @param name {@code ""} for the plain one; {@link #TWIN} for the reference once more
 * @param settings keys of the experiment that differ, with their values as text
 */
public record Variant(String name, Map<String, String> settings) {
  /** The reference strategy once more: differences between the two are noise. */
  public static final String TWIN = "twin";
}
