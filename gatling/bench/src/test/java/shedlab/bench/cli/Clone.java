package shedlab.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.report.Project;

/** The project in another folder: what {@code make} needs, without sources. */
record Clone(Path folder) {
  /** What a command of {@code make} wrote and how it ended. */
  record Made(int code, String text) {}

  static Clone in(Path folder) throws IOException {
    Clone clone = new Clone(Files.createDirectories(folder));
    clone.copy("Makefile");
    clone.copy(".mvn");
    clone.copy(".ci");
    return clone;
  }

  /** Copies a file, or a folder with all that is in it. */
  void copy(String what) throws IOException {
    try (Stream<Path> files = Files.walk(Project.file(what))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(Project.root().relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  Made make(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("make", "-s"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
    builder.environment().remove("JDK_JAVA_OPTIONS"); // a JVM says that it has read them
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Made(process.waitFor(), text);
  }
}
