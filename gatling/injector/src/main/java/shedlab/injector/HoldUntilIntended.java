package shedlab.injector;

import com.typesafe.scalalogging.Logger;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Holds each virtual user until the intended start of its request, to the precision of its event
 * loop's timer (tens of microseconds), where Gatling's own injection knows whole milliseconds.
 * Virtual user n, which Gatling counts from 1, makes request n - 1 of the schedule.
 */
record HoldUntilIntended(LoadRun run) implements ActionBuilder {
  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    return (context, next) -> new Hold(run, next);
  }

  /** Runs on the event loop of the virtual user, which also makes its request. */
  private record Hold(LoadRun run, Action next) implements Action {
    private static final Logger LOGGER =
        Logger.apply(LoggerFactory.getLogger(HoldUntilIntended.class));

    @Override
    public String name() {
      return "hold";
    }

    @Override
    public void execute(Session session) {
      run.arrived();
      int index = (int) session.userId() - 1;
      long waitNanos = run.recorder().dueNanos(index) - System.nanoTime();
      if (waitNanos <= 0) {
        proceed(session, index);
        return;
      }
      Future<?> unused =
          session
              .eventLoop()
              .schedule(() -> proceed(session, index), waitNanos, TimeUnit.NANOSECONDS);
    }

    private void proceed(Session session, int index) {
      run.recorder().started(index, System.nanoTime());
      next.$bang(session);
    }

    @Override
    public Logger logger() {
      return LOGGER;
    }

    /** Scala's way to initialise a trait's value; there is nothing to initialise. */
    @Override
    public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger logger) {}
  }
}
