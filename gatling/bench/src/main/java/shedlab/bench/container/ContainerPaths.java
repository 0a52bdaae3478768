package shedlab.bench.container;

/** Where everything is in a container of ours, on this machine or another. */
public final class ContainerPaths {
  /** The distribution of the server or of the load generator. */
  public static final String APP = "/app";

  /** Jars of other people's strategies. */
  public static final String PLUG_INS = "/plug-ins";

  /** A server's samples. */
  public static final String SAMPLES = "/tmp/samples.csv";

  /** The folder in which a server records its stacks. */
  public static final String RECORDINGS = "/tmp/recordings";

  /** The folder of a load generator. */
  public static final String INJECTOR = "/tmp/injector";

  /** How late threads woke. */
  public static final String FLOOR = "/tmp/floor.csv";

  private ContainerPaths() {}
}
