package shedlab.report.result;

import java.util.Map;

/**
 * A named way to run every cell of an experiment besides the plain one.
 *
 * @param name {@code ""} for the plain way; {@link #TWIN} for the same once more
 * @param settings keys of the experiment that differ, with their values as text
 */
public record Variant(String name, Map<String, String> settings) {
  /** The reference strategy under another name: what differs between the two is noise. */
  public static final String TWIN = "twin";
}
