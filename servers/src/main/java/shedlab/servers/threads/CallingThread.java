package shedlab.servers.threads;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * No hand-off: a task runs on the thread that submits it, once that thread has left the gate. If
 * another thread drains the gate's inbox at that moment, such as the heartbeat, that thread runs
 * the task.
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
      return; // a task has called the gate: the loop below continues with the tasks that this
      // admitted
    }
    mine.running = true;
    for (Runnable task = mine.tasks.poll(); task != null; task = mine.tasks.poll()) {
      Tasks.run(task);
    }
    mine.running = false;
  }
}
