package shedlab.bench.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.report.raw.WorkAddress;

/** A target that is up, watched from outside. */
public final class TargetServer implements RunningServer {
  private final Target target;
  private final URI url;
  private final Optional<ProcessHandle> process;
  private final @Nullable ProcessTree tree;
  private final OutsideSampler sampler;
  private final Supplier<String> lastLine;
  private final Runnable end;

  /**
   * A target that has been started.
   *
   * @param process the first of its processes; empty if this machine does not see it
   * @param end ends it
   */
  TargetServer(
      Target target,
      URI url,
      Optional<ProcessHandle> process,
      Supplier<String> lastLine,
      Runnable end) {
    this.target = target;
    this.url = url;
    this.process = process;
    this.tree = process.map(ProcessTree::new).orElse(null);
    this.sampler = new OutsideSampler(tree);
    this.lastLine = lastLine;
    this.end = end;
  }

  /** What is known of it. */
  public Target target() {
    return target;
  }

  /** CPU time that it has used, in seconds; empty if nobody knows. */
  public OptionalDouble cpuSeconds() {
    return tree == null ? OptionalDouble.empty() : OptionalDouble.of(tree.cpuMicros() / 1e6);
  }

  /** False if it is known to have ended by itself. */
  public boolean isAlive() {
    return process.isEmpty() || process.get().isAlive();
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public URI loadUrl() {
    return url;
  }

  @Override
  public URI healthUrl() {
    return url.resolve(target.paths().health());
  }

  @Override
  public WorkAddress workAddress() {
    return new WorkAddress(url.toString(), target.paths().work(), target.paths().shed());
  }

  @Override
  public OptionalLong pid() {
    return process.isPresent() ? OptionalLong.of(process.get().pid()) : OptionalLong.empty();
  }

  @Override
  public JsonNode configuration() {
    return new ObjectMapper().createObjectNode().put("server", target.name());
  }

  @Override
  public String samples() {
    return sampler.csv();
  }

  @Override
  public void cpuShare(double share) {
    if (share < 1) {
      throw new HostException("cpu-share", share, "1 for a target, whose CPUs nobody takes away");
    }
  }

  @Override
  public String lastLine() {
    return lastLine.get();
  }

  @Override
  public void close() {
    sampler.close();
    end.run();
  }
}
