package shedlab.targets.helidon;

import io.helidon.common.concurrency.limits.AimdLimit;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.BadRequestException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The endpoint on Helidon's WebServer, behind one of its own limits. */
public final class HelidonTarget {
  private static final int STEPS_PER_UNIT = 1_000;
  private static final int MAX_UNITS = 10_000_000;
  private static final long SEED = 0x9E3779B97F4A7C15L;

  private static final int TASK_UNITS = setting("TASK_UNITS", 1_000);

  /** A virtual thread that computes would keep its CPU from all others. */
  private static final ExecutorService WORKERS =
      Executors.newFixedThreadPool(setting("WORKERS", 4));

  private HelidonTarget() {}

  /** Serves until SIGTERM comes. */
  public static void main(String[] arguments) {
    WebServer.builder()
        .host(System.getenv().getOrDefault("HOST", "127.0.0.1"))
        .port(setting("PORT", 8_080))
        .concurrencyLimit(limit(setting("LIMIT", 0)))
        .routing(
            routing ->
                routing
                    .get("/work", HelidonTarget::work)
                    .get("/healthz", (request, response) -> response.send("ok\n")))
        .build()
        .start();
  }

  private static int setting(String name, int otherwise) {
    String value = System.getenv(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  private static Limit limit(int permits) {
    return permits == 0 ? AimdLimit.create() : FixedLimit.builder().permits(permits).build();
  }

  private static void work(ServerRequest request, ServerResponse response)
      throws InterruptedException, ExecutionException {
    int units = request.query().first("units").map(HelidonTarget::units).orElse(TASK_UNITS);
    long checksum = WORKERS.submit(() -> checksum(units)).get();
    response.headers().contentType(MediaTypes.TEXT_PLAIN);
    response.send("%016x\n".formatted(checksum));
  }

  private static int units(String text) {
    try {
      int units = Integer.parseInt(text);
      if (units >= 1 && units <= MAX_UNITS) {
        return units;
      }
    } catch (NumberFormatException e) {
      throw new BadRequestException("units", e);
    }
    throw new BadRequestException("units");
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
