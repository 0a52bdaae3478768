package shedlab.servers;

import java.nio.file.Path;

/** The files of the project, wherever the tests are started from. */
final class Project {
  private Project() {}

  static Path file(String path) {
    return Path.of(System.getProperty("shedlab.project", ".."), path);
  }
}
