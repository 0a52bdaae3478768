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
    double startsPerSecond) {

  /** No job. */
  public static final Progress IDLE = new Progress(false, "", 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
