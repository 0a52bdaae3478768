package shedlab.bench.machines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import shedlab.bench.container.RunnerId;
import shedlab.bench.host.HostException;

/**
 * A machine whose engine answers, with the images of a run.
 *
 * @param address by which this machine and the others reach it
 * @param images digests of the images in its engine, by their names
 */
record RemoteMachine(
    RemoteEngine engine, String address, MachineFacts facts, Map<String, String> images) {
  /**
   * Connects, removes what runners left there that are known to have ended, and brings the images.
   *
   * @param progress is told what takes a while
   * @throws HostException if the engine does not answer, an image cannot be had, or nobody knows
   *     where the machine is reached
   */
  static RemoteMachine connect(
      MachineAddress named, List<String> images, Consumer<String> progress) {
    RemoteEngine engine = new RemoteEngine(named);
    RemoteEngine.Answer version = engine.version();
    if (!version.succeeded()) {
      throw new HostException(
          "machine", named, "a Docker engine that answers; " + version.problem());
    }
    sweep(engine);
    Map<String, String> digests = new LinkedHashMap<>();
    images.forEach(image -> digests.put(image, Images.bring(image, engine, progress)));
    String info = engine.ask("docker info", "info", "--format", "{{json .}}");
    RemoteEngine.Answer probed = engine.tried(probe(images.get(0)).toArray(String[]::new));
    if (!probed.succeeded()) {
      throw new HostException("image " + images.get(0), probed.problem(), "one with cat");
    }
    return new RemoteMachine(
        engine,
        address(named, engine),
        MachineFacts.of(info, version.output().trim(), probed.output()),
        digests);
  }

  /** A container that prints what the engine does not tell of its machine. */
  private static List<String> probe(String image) {
    List<String> words = new ArrayList<>(List.of("run", "--rm", "--network", "none"));
    words.addAll(labels());
    words.addAll(List.of("--entrypoint", "cat", image));
    words.addAll(List.of(MachineFacts.PROBED));
    return words;
  }

  /** Options that label a container as this runner's. */
  static List<String> labels() {
    List<String> words = new ArrayList<>();
    RunnerId.labels()
        .forEach((name, value) -> words.addAll(List.of("--label", name + "=" + value)));
    return words;
  }

  private static void sweep(RemoteEngine engine) {
    String found = engine.ask("docker ps", list().toArray(String[]::new));
    for (String line : found.lines().toList()) {
      String[] idAndRunner = line.trim().split(" ", 2);
      if (idAndRunner.length == 2 && RunnerId.isOrphan(Map.of(RunnerId.LABEL, idAndRunner[1]))) {
        engine.tried("rm", "--force", "--volumes", idAndRunner[0]);
      }
    }
  }

  private static List<String> list() {
    String label = RunnerId.LABEL;
    List<String> words = new ArrayList<>(List.of("ps", "--all", "--no-trunc"));
    words.addAll(List.of("--filter", "label=" + label));
    words.addAll(List.of("--format", "{{.ID}} {{.Label \"" + label + "\"}}"));
    return words;
  }

  /**
   * Removes what this runner has there; what was made in the last moment is known to nobody else.
   */
  void removeOurs() {
    String self = Objects.requireNonNull(RunnerId.labels().get(RunnerId.LABEL));
    engine
        .tried(list().toArray(String[]::new))
        .output()
        .lines()
        .filter(line -> line.endsWith(" " + self))
        .forEach(line -> engine.tried("rm", "--force", "--volumes", line.split(" ", 2)[0]));
  }

  /** Whether both are engines on one machine. */
  boolean isOn(RemoteMachine other) {
    return facts.boot().equals(other.facts.boot());
  }

  /** Whether its address means something else on other machines. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (IOException e) {
      return false; // it is no number, so it is no loopback
    }
  }

  /** As a number: a name may mean something else there, such as loopback. */
  private static String address(MachineAddress named, RemoteEngine engine) {
    String host = named.address();
    if (host.isEmpty()) {
      String url = named.isContext() ? endpoint(named, engine) : named.engine();
      host = url.startsWith("unix:") ? "127.0.0.1" : MachineAddress.host(url);
    }
    try {
      if (!host.isEmpty()) {
        return InetAddress.getByName(host).getHostAddress();
      }
    } catch (IOException e) {
      // Nobody knows it.
    }
    throw new HostException(
        "machine", named, "an address that is known here; write " + named.engine() + "/ADDRESS");
  }

  private static String endpoint(MachineAddress named, RemoteEngine engine) {
    List<String> asking = List.of("docker", "context", "inspect", named.engine());
    RemoteEngine.Answer answer =
        RemoteEngine.run(List.of(new ProcessBuilder(asking)), RemoteEngine.SOON);
    try {
      return new ObjectMapper()
          .readTree(answer.output())
          .path(0)
          .path("Endpoints")
          .path("docker")
          .path("Host")
          .asText();
    } catch (JsonProcessingException e) {
      throw new HostException("docker context", HostException.reason(e), "one of " + engine, e);
    }
  }

  /** Where something that listens there is reached. */
  URI url(int port) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return URI.create("http://" + host + ":" + port);
  }
}
