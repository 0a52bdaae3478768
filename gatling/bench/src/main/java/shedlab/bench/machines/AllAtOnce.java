package shedlab.bench.machines;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.HostException;

/** Does the same on several machines at once. */
final class AllAtOnce {
  private AllAtOnce() {}

  /**
   * The results in the order of the inputs, once all have ended.
   *
   * @throws RuntimeException the first that was thrown, by that order
   */
  static <A, B> List<B> map(List<A> inputs, Function<A, B> work) {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<B>> futures =
        inputs.stream().map(input -> threads.submit(() -> work.apply(input))).toList();
    threads.shutdown();
    List<B> results = new ArrayList<>();
    RuntimeException first = null;
    for (Future<B> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        first = first == null ? cause(e) : first;
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw HostException.interrupted("machines", e);
      }
    }
    if (first != null) {
      throw first;
    }
    return results;
  }

  private static RuntimeException cause(ExecutionException e) {
    @Nullable Throwable cause = e.getCause();
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
