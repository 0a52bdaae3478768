package shedlab.backlog;

import shedlab.admission.Backlog;

class NoBacklogTest extends ModelledBacklogContract {
  @Override
  protected Backlog fresh() {
    return new NoBacklog();
  }

  @Override
  protected int capacity() {
    return 0;
  }

  @Override
  protected Model model() {
    return waiting -> waiting.get(0);
  }
}
