package shedlab.targets.quarkus;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestQuery;

/** The work of a request, done on a worker thread. The extension sheds before it comes here. */
@Path("/work")
public class WorkResource {
  private static final int STEPS_PER_UNIT = 1_000;
  private static final int MAX_UNITS = 10_000_000;
  private static final long SEED = 0x9E3779B97F4A7C15L;

  @ConfigProperty(name = "shedlab.task-units")
  int taskUnits;

  /** The checksum of that much work. */
  @GET
  @Produces(MediaType.TEXT_PLAIN)
  public String work(@RestQuery String units) {
    return "%016x\n".formatted(checksum(units == null ? taskUnits : number(units)));
  }

  private static int number(String units) {
    try {
      int number = Integer.parseInt(units);
      if (number >= 1 && number <= MAX_UNITS) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadRequestException(e);
    }
    throw new BadRequestException();
  }

  /** Dependent steps of xorshift64, as in {@code shedlab.task.CpuTask}. */
  private static long checksum(int units) {
    long state = SEED;
    for (int unit = 0; unit < units; unit++) {
      for (int step = 0; step < STEPS_PER_UNIT; step++) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
      }
    }
    return state;
  }
}
