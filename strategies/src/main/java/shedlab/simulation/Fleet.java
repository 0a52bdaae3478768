package shedlab.simulation;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shedlab.simulation.model.Balancer;

/** The servers behind one balancer. */
final class Fleet {
  private final Server[] servers;
  private final Balancer balancer;
  private final SplittableRandom random;
  private final Function<Integer, Server> maker;
  private final @Nullable Heap<Server> byInflight;
  private int turn;

  Fleet(int size, Balancer balancer, SplittableRandom random, Function<Integer, Server> maker) {
    this.servers = new Server[size];
    this.balancer = balancer;
    this.random = random;
    this.maker = maker;
    this.byInflight = size > 1 && balancer == Balancer.LEAST_IN_FLIGHT ? new Heap<Server>() : null;
    for (int i = 0; i < size; i++) {
      servers[i] = maker.apply(i);
      count(servers[i], 0);
    }
  }

  /** From now on nobody is sent to this server, in which everything is lost. */
  void kill(int index) {
    servers[index].kill();
    if (byInflight != null) {
      byInflight.remove(servers[index].balance);
    }
  }

  /** A new server takes the place of one that was killed. */
  void restart(int index) {
    servers[index] = maker.apply(index);
    count(servers[index], 0);
  }

  /**
   * Not to be changed; an array, because a loop over it every few milliseconds must not allocate.
   */
  Server[] servers() {
    return servers;
  }

  /** Chooses the server of the next request and counts the request as unanswered. */
  Server next() {
    Server server = servers.length == 1 ? servers[0] : choose();
    count(server, 1);
    return server;
  }

  /** The server has answered a request, or the client has given up. */
  void answered(Server server) {
    count(server, -1);
  }

  private Server choose() {
    Server server = any();
    while (server.killed()) {
      server = any();
    }
    return server;
  }

  private Server any() {
    if (byInflight != null) {
      Server least = byInflight.peek();
      if (least != null) {
        return least;
      }
    }
    if (balancer == Balancer.RANDOM) {
      return servers[random.nextInt(servers.length)];
    }
    Server server = servers[turn];
    turn = turn + 1 == servers.length ? 0 : turn + 1;
    return server;
  }

  private void count(Server server, int change) {
    if (byInflight != null && !server.killed()) {
      byInflight.put(server.balance, server.balance.key() + change);
    }
  }
}
