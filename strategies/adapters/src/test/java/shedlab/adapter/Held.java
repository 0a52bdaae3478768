package shedlab.adapter;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that ends when the test says so. */
final class Held implements Service {
  private final AtomicInteger atWork = new AtomicInteger();
  private final Semaphore mayEnd = new Semaphore(0);

  @Override
  public int serve(String path) throws InterruptedException {
    atWork.incrementAndGet();
    try {
      mayEnd.acquire();
    } finally {
      atWork.decrementAndGet();
    }
    return 200;
  }

  int atWork() {
    return atWork.get();
  }

  void end(int requests) {
    mayEnd.release(requests);
  }
}
