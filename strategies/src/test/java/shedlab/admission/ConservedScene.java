package shedlab.admission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A scene in which, after each test, everybody is accounted for. */
abstract class ConservedScene {
  /** One is served, two wait. */
  static final String QUEUE = "fixed:limit=1+fifo:capacity=2,timeout=100ns";

  /** What callbacks and policies have thrown on this thread. */
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
