package shedlab.bench.refusals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.targets.Target;
import shedlab.bench.targets.TargetBuild;
import shedlab.bench.targets.Targets;
import shedlab.report.file.Scratch;
import shedlab.spec.SpecException;

/** The server in Rust, built and started as its {@code target.properties} says. */
record TokioTarget(Target.Program program) {
  private static final Pattern LOCKED =
      Pattern.compile("name = \"(hyper|tokio)\"\\s+version = \"([^\"]+)\"");

  /** Of a project's folder. */
  static TokioTarget of(Path project) {
    if (Targets.one(project, Subject.TOKIO).origin() instanceof Target.Program program) {
      return new TokioTarget(program);
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

  /** The program. */
  Path start() {
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
