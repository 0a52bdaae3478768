package shedlab.bench.machines;

import java.util.List;
import java.util.function.Consumer;
import shedlab.bench.host.HostException;

/** Brings an image to an engine: from this machine's engine, else from a registry. */
final class Images {
  private Images() {}

  /**
   * Makes sure that an engine has an image. It stays there, as one that was pulled does.
   *
   * @param progress is told if it takes a while
   * @return its digest in the engine
   * @throws HostException if it can be had nowhere
   */
  static String bring(String image, RemoteEngine engine, Consumer<String> progress) {
    RemoteEngine.Answer found = id(image, engine);
    if (found.succeeded()) {
      return found.output().trim();
    }
    progress.accept("bringing " + image + " to " + engine);
    RemoteEngine.Answer brought =
        isHere(image) ? engine.load(List.of("docker", "save", image)) : pulled(image, engine);
    RemoteEngine.Answer now = id(image, engine);
    if (!now.succeeded()) {
      String why = brought.succeeded() ? now.problem() : brought.problem();
      throw new HostException(
          "image on " + engine, image, "there, here or pullable; " + why + "; see --image");
    }
    return now.output().trim();
  }

  private static RemoteEngine.Answer id(String image, RemoteEngine engine) {
    return engine.tried("image", "inspect", "--format", "{{.Id}}", image);
  }

  private static boolean isHere(String image) {
    List<String> asking = List.of("docker", "image", "inspect", image);
    return RemoteEngine.run(List.of(new ProcessBuilder(asking)), RemoteEngine.SOON).succeeded();
  }

  private static RemoteEngine.Answer pulled(String image, RemoteEngine engine) {
    return RemoteEngine.run(
        List.of(new ProcessBuilder(engine.command(List.of("pull", "--quiet", image)))),
        RemoteEngine.IMAGE);
  }
}
