package shedlab.bench.machines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a container is made of.
 *
 * @param role for messages
 * @param cpus its CPUs, as cpusets write them
 * @param mebibytes its memory
 * @param raisesPriority whether its threads may come before those of others
 * @param folders what is copied into it: the path here, by that in the container
 * @param command what Java is given
 */
record ContainerRequest(
    String role,
    String image,
    String cpus,
    long mebibytes,
    boolean raisesPriority,
    Map<String, Path> folders,
    List<String> command) {
  /** How long a container lives on when nobody tells it to. */
  static final int LEASE_SECONDS = 20;

  ContainerRequest {
    folders = Collections.unmodifiableMap(new LinkedHashMap<>(folders));
  }

  /**
   * The words that make it. It has the machine's own network: a virtual one would be measured too.
   * It is removed when its process ends, which is when its standard input does.
   */
  List<String> create(List<String> labels) {
    List<String> words = new ArrayList<>(List.of("create", "--rm", "--interactive"));
    words.addAll(List.of("--network", "host", "--cpuset-cpus", cpus));
    words.addAll(List.of("--memory", mebibytes + "m", "--memory-swap", mebibytes + "m"));
    if (raisesPriority) {
      words.addAll(List.of("--cap-add", "SYS_NICE"));
    }
    words.addAll(labels);
    words.addAll(List.of("--entrypoint", "java", image)); // whatever the image's own may be
    words.addAll(command);
    return words;
  }
}
