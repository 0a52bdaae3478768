package shedlab.bench.refusals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.experiment.OwnStrategy;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.targets.Target;
import shedlab.bench.targets.TargetBuild;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.Targets;
import shedlab.report.file.Scratch;
import shedlab.spec.SpecException;

/** The server in Rust, built and started as its {@code target.properties} says. */
record TokioTarget(Target target, Target.Program program) {
  private static final Pattern LOCKED =
      Pattern.compile("name = \"(hyper|tokio)\"\\s+version = \"([^\"]+)\"");

  /** Of a project's folder. */
  static TokioTarget of(Path project) {
    Target target = Targets.one(project, Subject.TOKIO);
    if (target.origin() instanceof Target.Program program) {
      return new TokioTarget(target, program);
    }
    throw new SpecException("target", Subject.TOKIO, "a program of this machine");
  }

  private TargetBuild build() {
    return new TargetBuild(Subject.TOKIO, program, "");
  }

  /**
   * Builds it.
   *
   * @throws shedlab.bench.host.HostException if there is no toolchain, or it fails
   */
  void compile() throws IOException {
    try (Scratch scratch = Scratch.create()) {
      build().run(scratch.folder().resolve("build.log"));
    }
  }

  /**
   * Starts it with one thread for the work.
   *
   * @param taskUnits of a request that names none
   * @param options variables beside those of every target
   * @throws shedlab.bench.host.HostException if it does not become ready
   */
  RunningServer start(TargetHost host, int taskUnits, Map<String, String> options) {
    Map<String, String> environment = new HashMap<>(target.environment());
    environment.putAll(options);
    return host.start(
        new Target(
            target.name(),
            target.title(),
            program,
            target.paths(),
            target.limits(),
            Map.copyOf(environment)),
        ServerSettings.of(target.name(), OwnStrategy.NAME, taskUnits, 1, Map.of()));
  }

  /** Its executable file, once it is built. */
  Path executable() {
    return Path.of(build().start().get(0));
  }

  /** The versions of its libraries, once it is built. */
  String versions() throws IOException {
    StringBuilder versions = new StringBuilder();
    Matcher locked = LOCKED.matcher(Files.readString(program.folder().resolve("Cargo.lock")));
    while (locked.find()) {
      versions.append(versions.isEmpty() ? "" : ", ").append(locked.group(1)).append(' ');
      versions.append(locked.group(2));
    }
    return versions.toString();
  }
}
