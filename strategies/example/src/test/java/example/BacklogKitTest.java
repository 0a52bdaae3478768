package example;

import shedlab.admission.Backlog;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.ModelledBacklogContract;

/** The contract of backlogs can be extended from a package of one's own as well. */
public class BacklogKitTest extends ModelledBacklogContract {
  @Override
  protected Backlog fresh() {
    return new FifoBacklog(CAPACITY, TIMEOUT);
  }

  @Override
  protected Model model() {
    return waiting -> waiting.get(0);
  }
}
