package shedlab.strategy;

import java.util.List;
import shedlab.admission.Backlog;
import shedlab.admission.Limit;
import shedlab.admission.Policer;
import shedlab.backlog.FifoBacklog;
import shedlab.limit.AimdLimit;
import shedlab.limit.FixedLimit;
import shedlab.limit.Gradient2Limit;
import shedlab.limit.GradientLimit;
import shedlab.limit.NoLimit;
import shedlab.limit.VegasLimit;
import shedlab.limit.VegasQuarkusLimit;
import shedlab.limit.WindowedLimit;
import shedlab.spec.Definition;

/** Everything that Shedlab ships; one line for each. */
final class BuiltIn implements Pieces {
  @Override
  public List<Definition<Limit>> limits() {
    return List.of(
        NoLimit.DEFINITION, //
        FixedLimit.DEFINITION,
        AimdLimit.DEFINITION,
        WindowedLimit.around(AimdLimit.DEFINITION),
        VegasLimit.DEFINITION,
        WindowedLimit.around(VegasLimit.DEFINITION),
        VegasQuarkusLimit.DEFINITION,
        GradientLimit.DEFINITION,
        WindowedLimit.around(GradientLimit.DEFINITION),
        Gradient2Limit.DEFINITION,
        WindowedLimit.around(Gradient2Limit.DEFINITION));
  }

  @Override
  public List<Definition<Backlog>> backlogs() {
    return List.of(
        FifoBacklog.DEFINITION //
        );
  }

  @Override
  public List<Definition<Policer>> policers() {
    return List.of();
  }
}
