package shedlab.servers.endpoint;

import java.time.Duration;
import java.util.concurrent.LinkedTransferQueue;
import shedlab.servers.threads.IoThreads;
import shedlab.servers.threads.Tasks;
import shedlab.servers.threads.ThreadEnds;
import shedlab.servers.threads.Workers;

/**
 * Hands replies from low-priority workers to the server, on one thread of the I/O threads'
 * priority.
 *
 * <p>Handing a reply to a server takes the server's own locks (XNIO's task queue, Jetty's selector,
 * the JDK's selector wake-up). A worker that the scheduler takes off the core inside one would make
 * the I/O thread wait for it, behind every thread of higher priority: a refusal would take hundreds
 * of milliseconds. So no worker ever touches a server; this queue is free of locks.
 */
final class Responder {
  private final LinkedTransferQueue<Runnable> queue = new LinkedTransferQueue<>();
  private final IoThreads io;
  private final Thread thread = new Thread(this::run, "shedlab-responder");

  /** The thread's own. It is never interrupted: that would close a socket it writes to. */
  private boolean ended;

  Responder(IoThreads io) {
    this.io = io;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Replies at once, or through the responder's thread if the calling thread is a worker. */
  void reply(Exchange exchange, Reply reply) {
    if (Workers.isWorker(Thread.currentThread())) {
      queue.put(() -> exchange.reply(reply));
    } else {
      exchange.reply(reply);
    }
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /**
   * Hands over what is queued, then ends the thread.
   *
   * @param most how long to wait for that
   * @return false if the thread goes on, stuck in the server's code: replies are missing
   */
  boolean close(Duration most) throws InterruptedException {
    queue.put(() -> ended = true);
    return ThreadEnds.await(most, thread);
  }

  private void run() {
    io.join();
    while (!ended) {
      try {
        Tasks.run(queue.take());
      } catch (InterruptedException e) {
        return; // nobody interrupts it
      }
    }
  }
}
