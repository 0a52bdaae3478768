package shedlab.report.raw;

/**
 * How far the running job is.
 *
 * @param running false if there is no job; everything else is then zero
 * @param intended requests of the whole job
 * @param started requests so far
 * @param finished {@code ok + shed + failed}
 * @param ok 200s, late ones included
 * @param shed 429s
 * @param failed everything else
 * @param elapsedSeconds since the schedule's zero; beyond {@code plannedSeconds} the last answers
 *     are awaited and the files written
 * @param plannedSeconds length of the profile
 * @param startsPerSecond requests that started in the last whole second
 * @param held whether it is set up and waits to be told when to start
 */
public record Progress(
    boolean running,
    String name,
    long intended,
    long started,
    long finished,
    long ok,
    long shed,
    long failed,
    double elapsedSeconds,
    double plannedSeconds,
    double startsPerSecond,
    boolean held) {

  /** No job. */
  public static final Progress IDLE = new Progress(false, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, false);

  /** Of a job that has started. */
  public static Progress started(
      String name,
      long intended,
      long started,
      long ok,
      long shed,
      long failed,
      double elapsedSeconds,
      double plannedSeconds,
      double startsPerSecond) {
    return new Progress(
        true,
        name,
        intended,
        started,
        ok + shed + failed,
        ok,
        shed,
        failed,
        elapsedSeconds,
        plannedSeconds,
        startsPerSecond,
        false);
  }

  /** The same before its start. */
  public Progress whileHeld() {
    return new Progress(
        running,
        name,
        intended,
        started,
        finished,
        ok,
        shed,
        failed,
        elapsedSeconds,
        plannedSeconds,
        startsPerSecond,
        true);
  }

  /** Two load generators that play the same job together. */
  public Progress and(Progress other) {
    return running && other.running
        ? started(
            name,
            intended + other.intended,
            started + other.started,
            ok + other.ok,
            shed + other.shed,
            failed + other.failed,
            elapsedSeconds,
            plannedSeconds,
            startsPerSecond + other.startsPerSecond)
        : running ? this : other; // one has ended before the other
  }
}
