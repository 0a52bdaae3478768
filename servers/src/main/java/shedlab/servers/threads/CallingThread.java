package shedlab.servers.threads;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * No hand-off: a task runs on the thread that submits it, once that thread has left the gate. If
 * somebody else works off the gate's inbox at that moment, the heartbeat say, the task is run
 * there.
 */
public final class CallingThread implements Tasks {
  private static final class Submitted {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
  }

  private final ThreadLocal<Submitted> own = ThreadLocal.withInitial(Submitted::new);

  @Override
  public void submit(Runnable task) {
    own.get().tasks.add(task);
  }

  @Override
  public void settle() {
    Submitted mine = own.get();
    if (mine.running) {
      return; // a task calls the gate: the loop below goes on with what came of it
    }
    mine.running = true;
    for (Runnable task = mine.tasks.poll(); task != null; task = mine.tasks.poll()) {
      Tasks.run(task);
    }
    mine.running = false;
  }
}
