package shedlab.simulation.model;

import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

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
  /** One kind for all clients, with the default urgency of RFC 9218. */
  public static final Tenant EVERYBODY = new Tenant("everybody", 1, 3, 1);

  private static final Parameter<Double> SHARE =
      Parameter.real("share", "of the offered load", 1e-6, 1e6).defaultsTo(1.0);
  private static final Parameter<Integer> URGENCY =
      Parameter.integer("urgency", "0 is most", 0, 7).defaultsTo(3);
  private static final Parameter<Double> WORK =
      Parameter.real("work", "size of requests", 1e-3, 1e3).defaultsTo(1.0);

  /**
   * Reads {@code name[:share=1,urgency=3,work=1]}.
   *
   * @throws SpecException for an invalid name, an unknown key or a value against its rule
   */
  public static Tenant parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
      throw new SpecException(
          "tenants",
          text,
          "a name in lower case of up to 31 letters, digits and hyphens, then its keys");
    }
    Definition<Tenant> definition =
        new Definition<>(
            name,
            "a kind of client",
            "-",
            spec -> new Tenant(name, spec.get(SHARE), spec.get(URGENCY), spec.get(WORK)),
            SHARE,
            URGENCY,
            WORK);
    return definition.make(definition.parse(colon < 0 ? "" : text.substring(colon + 1)));
  }

  /** Throws {@link SpecException} for an impossible value. */
  public Tenant {
    SpecException.check(share > 0, "share", share, "a number above 0");
    SpecException.check(urgency >= 0 && urgency <= 7, "urgency", urgency, "from 0 to 7");
    SpecException.check(work > 0, "work", work, "a number above 0");
  }
}
