package shedlab.simulation.model;

/**
 * What the program around the gate does besides the CPU work of requests and refusals.
 *
 * @param collector its garbage collector
 */
public record HostModel(CollectorModel collector) {
  /** Nothing: requests need CPU alone, and no pause or other thread takes it from them. */
  public static final HostModel IDEAL = new HostModel(CollectorModel.NONE);
}
