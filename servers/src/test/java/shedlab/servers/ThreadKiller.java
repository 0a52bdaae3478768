package shedlab.servers;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ThreadExecutorMap;
import java.lang.reflect.Field;
import java.nio.channels.Selector;
import java.util.List;
import org.xnio.XnioIoThread;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.strategy.Pieces;

/**
 * The policer {@code test-kills-thread}: at the first request, a thread of the server dies as it
 * would of an error in the server's own code. On Undertow and Netty that is the I/O thread, on
 * Jetty, which replaces those, the acceptor.
 */
public final class ThreadKiller implements Pieces {
  @Override
  public List<Definition<Policer>> policers() {
    return List.of(
        new Definition<Policer>(
            "test-kills-thread", "kills a thread", "a test", spec -> ThreadKiller::kill));
  }

  private static boolean kill(Ticket ticket, GateView gate, long nowNanos) {
    if (Thread.currentThread() instanceof XnioIoThread thread) {
      close(thread);
    } else if (ThreadExecutorMap.currentExecutor() instanceof EventLoop loop) {
      var unused = loop.shutdownGracefully();
    } else {
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().contains("acceptor"))
          .forEach(Thread::interrupt);
    }
    return true;
  }

  /** A selector that is closed under its thread ends the thread with an exception. */
  private static void close(XnioIoThread thread) {
    try {
      Field selector = thread.getClass().getDeclaredField("selector");
      selector.setAccessible(true);
      ((Selector) selector.get(thread)).close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
