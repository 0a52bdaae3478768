package shedlab.bench.machines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shedlab.spec.SpecException;

/**
 * Which machine does what: {@code server=MACHINE load=MACHINE,MACHINE}.
 *
 * @param server where servers run
 * @param load where load generators run, as many on each
 */
public record Machines(MachineAddress server, List<MachineAddress> load) {
  private static final String RULE =
      "server=MACHINE load=MACHINE,MACHINE, where a machine is " + MachineAddress.RULE;

  /**
   * Reads the text of the option.
   *
   * @throws SpecException if it cannot be read
   */
  public static Machines parse(String text) {
    Map<String, List<MachineAddress>> byRole = new HashMap<>();
    for (String pair : text.trim().split("\\s+", -1)) {
      int equals = pair.indexOf('=');
      String role = equals < 0 ? "" : pair.substring(0, equals);
      if (!role.equals("server") && !role.equals("load")) {
        throw new SpecException("machines", text, RULE);
      }
      if (byRole.put(role, machines(pair.substring(equals + 1))) != null) {
        throw new SpecException("machines: " + role, "given twice", "once");
      }
    }
    List<MachineAddress> server = byRole.getOrDefault("server", List.of());
    List<MachineAddress> load = byRole.getOrDefault("load", List.of());
    SpecException.check(server.size() == 1, "machines: server", server, "one machine");
    SpecException.check(!load.isEmpty(), "machines: load", load, "one machine or more");
    long different = load.stream().map(MachineAddress::engine).distinct().count();
    SpecException.check(different == load.size(), "machines: load", load, "each machine once");
    return new Machines(server.get(0), load);
  }

  private static List<MachineAddress> machines(String list) {
    List<MachineAddress> machines = new ArrayList<>();
    for (String one : list.split(",", -1)) {
      machines.add(MachineAddress.parse(one));
    }
    return List.copyOf(machines);
  }

  /** All of them, the server's first. */
  List<MachineAddress> all() {
    List<MachineAddress> all = new ArrayList<>(List.of(server));
    all.addAll(load);
    return List.copyOf(all);
  }

  @Override
  public String toString() {
    return "server="
        + server
        + " load="
        + String.join(",", load.stream().map(String::valueOf).toList());
  }
}
