package shedlab.bench.protocols;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is done with one process of a server, in this order.
 *
 * @param refusing how the process refuses
 * @param loads one measurement each
 */
record Visit(String server, Protocol protocol, Answer refusing, List<Asked> loads) {
  private static final List<Answer> REFUSING = List.of(Answer.STATUS, Answer.RESET, Answer.CLOSE);

  /**
   * The visits of a block. From block to block another server begins, and every other block runs
   * backwards, loads included: a drift of the machine meets both sides of each ratio.
   *
   * @param block from 0
   */
  static List<Visit> block(int block, List<String> servers) {
    List<String> rotated = new ArrayList<>(servers);
    Collections.rotate(rotated, -(block / 2));
    List<Visit> visits = new ArrayList<>();
    rotated.forEach(server -> visits.addAll(visits(server)));
    return block % 2 == 0 ? visits : backwards(visits);
  }

  private static List<Visit> visits(String server) {
    List<Visit> visits = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (Answer refusing : REFUSING) {
        List<Asked> loads = loads(protocol, refusing);
        if (!loads.isEmpty()) {
          visits.add(new Visit(server, protocol, refusing, loads));
        }
      }
    }
    return visits;
  }

  /** The process that refuses with a 429 answers the plain 200s too. */
  private static List<Asked> loads(Protocol protocol, Answer refusing) {
    List<Asked> loads = new ArrayList<>();
    for (boolean kept : new boolean[] {true, false}) {
      loads.add(new Asked(protocol, refusing, kept));
      if (refusing == Answer.STATUS) {
        loads.add(new Asked(protocol, Answer.PLAIN, kept));
      }
    }
    return loads.stream().filter(Asked::makesSense).toList();
  }

  private static List<Visit> backwards(List<Visit> visits) {
    List<Visit> reversed = new ArrayList<>();
    for (Visit visit : visits) {
      List<Asked> loads = new ArrayList<>(visit.loads);
      Collections.reverse(loads);
      reversed.add(new Visit(visit.server, visit.protocol, visit.refusing, List.copyOf(loads)));
    }
    Collections.reverse(reversed);
    return reversed;
  }

  /** {@code netty, h2, refusing with reset}. */
  String words() {
    return server + ", " + protocol.option() + ", refusing with " + refusing.option();
  }
}
