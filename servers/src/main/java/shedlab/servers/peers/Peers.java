package shedlab.servers.peers;

import java.util.ArrayList;
import java.util.List;
import shedlab.servers.endpoint.NativeLimit;
import shedlab.spec.Definition;
import shedlab.strategy.Pieces;
import shedlab.strategy.Whole;

/** All limiters of other libraries; found by the service loader. */
public final class Peers implements Pieces {
  /** For the service loader. */
  public Peers() {}

  @Override
  public List<Definition<Whole>> wholes() {
    List<Definition<Whole>> all = new ArrayList<>(NetflixLimits.DEFINITIONS);
    all.add(Resilience4j.BULKHEAD);
    all.add(Resilience4j.RATE_LIMITER);
    all.add(FailsafeBulkhead.DEFINITION);
    all.add(SentinelSystemRule.DEFINITION);
    all.add(QuarkusLoadShedding.DEFINITION);
    all.add(HelidonLimits.FIXED);
    all.add(HelidonLimits.AIMD);
    all.add(NativeLimit.DEFINITION);
    return all;
  }
}
