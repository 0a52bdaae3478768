package shedlab.simulation;

/**
 * A kind of client: its number in the list is what {@code Ticket.client()} and {@code
 * Ticket.kind()} say.
 *
 * @param name for tables
 * @param share of the offered load; all shares together are scaled to 1
 * @param urgency 0 (most) to 7 (least)
 * @param work size of its requests, as a multiple of what the service law draws
 */
public record Tenant(String name, double share, int urgency, double work) {
  /** Everybody, at the urgency of RFC 9218. */
  public static final Tenant EVERYBODY = new Tenant("everybody", 1, 3, 1);

  /** Throws for what cannot be. */
  public Tenant {
    ServerModel.check(share > 0, "share", share, "a number above 0");
    ServerModel.check(urgency >= 0 && urgency <= 7, "urgency", urgency, "from 0 to 7");
    ServerModel.check(work > 0, "work", work, "a number above 0");
  }
}
