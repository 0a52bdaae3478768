package shedlab.bench.container;

import static shedlab.bench.container.DockerCommand.docker;

/**
 * Another image, in which a JVM does without the optimising compiler: as in processes, it would end
 * before that pays.
 *
 * @param name in the engine of this machine
 */
public record QuickImage(String name) {
  /** What it has besides. */
  static final String JVM = "ENV JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1";

  /** Of an image that the engine has. */
  public static QuickImage of(String image) throws Exception {
    String name = "shedlab-test-quick:" + ProcessHandle.current().pid();
    String container = docker("create", image, "true");
    docker("commit", "--change", JVM, container, name);
    docker("rm", container);
    return new QuickImage(name);
  }

  /** Removes it from the engine. */
  public void remove() throws Exception {
    docker("rmi", name);
  }
}
