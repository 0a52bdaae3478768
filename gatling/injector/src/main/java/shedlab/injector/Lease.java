package shedlab.injector;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Ends this process when whoever started it is gone, though that runs on another machine: it writes
 * to the standard input of this process now and then. If it dies, the input ends; if the network
 * between the two does, the input falls silent.
 */
final class Lease {
  private Lease() {}

  /** Ends the process when its input ends, or is silent for so long. */
  static void hold(int seconds) {
    BlockingQueue<Boolean> signs = new ArrayBlockingQueue<>(1);
    daemon("shedlab-lease-input", () -> read(System.in, signs));
    daemon("shedlab-lease", () -> watch(signs, seconds));
  }

  private static void read(InputStream input, BlockingQueue<Boolean> signs) {
    byte[] buffer = new byte[256];
    try {
      while (input.read(buffer) >= 0) {
        signs.offer(true); // one that has not been seen yet will do
      }
    } catch (IOException e) {
      // As good as its end.
    }
    end();
  }

  private static void watch(BlockingQueue<Boolean> signs, int seconds) {
    try {
      while (signs.poll(seconds, TimeUnit.SECONDS) != null) {
        // Whoever started it is there.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  /** Without draining: nobody asks any more. */
  private static void end() {
    Runtime.getRuntime().halt(InjectorMain.ORPHAN);
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
