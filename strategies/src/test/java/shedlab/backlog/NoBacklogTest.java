package shedlab.backlog;

import shedlab.admission.Backlog;

class NoBacklogTest extends BacklogContract {
  @Override
  Backlog fresh() {
    return new NoBacklog();
  }

  @Override
  int capacity() {
    return 0;
  }

  @Override
  Model model() {
    return waiting -> waiting.get(0);
  }
}
