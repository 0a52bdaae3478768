package shedlab.admission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A scene that checks after each test that no ticket and no permit is lost. */
abstract class ConservedScene {
  /** One is served, two wait. */
  static final String QUEUE = "fixed:limit=1+fifo:capacity=2,timeout=100ns";

  /** Exceptions of callbacks and policies on this thread. */
  final List<Throwable> uncaught = new ArrayList<>();

  Scene scene = new Scene("fixed:limit=2");
  private Thread.@Nullable UncaughtExceptionHandler handlerBefore;

  @BeforeEach
  void collectUncaughtExceptions() {
    handlerBefore = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
  }

  @AfterEach
  void everythingIsConserved() {
    Thread.currentThread().setUncaughtExceptionHandler(handlerBefore);
    scene.assertConserved();
  }
}
