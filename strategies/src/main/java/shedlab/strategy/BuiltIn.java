package shedlab.strategy;

import java.util.List;
import shedlab.admission.Backlog;
import shedlab.admission.Limit;
import shedlab.admission.Policer;
import shedlab.backlog.AdaptiveLifoBacklog;
import shedlab.backlog.CodelBacklog;
import shedlab.backlog.EdfBacklog;
import shedlab.backlog.FairBacklog;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.LifoBacklog;
import shedlab.backlog.PriorityBacklog;
import shedlab.limit.AimdLimit;
import shedlab.limit.BreakwaterLimit;
import shedlab.limit.BrpcLimit;
import shedlab.limit.EnvoyLimit;
import shedlab.limit.FailsafeLimit;
import shedlab.limit.FixedLimit;
import shedlab.limit.Gradient2Limit;
import shedlab.limit.GradientLimit;
import shedlab.limit.LittleLimit;
import shedlab.limit.NoLimit;
import shedlab.limit.SlaGradientLimit;
import shedlab.limit.VegasLimit;
import shedlab.limit.VegasQuarkusLimit;
import shedlab.limit.WindowedLimit;
import shedlab.policer.BouncerPolicer;
import shedlab.policer.BrpcTimeoutPolicer;
import shedlab.policer.ClairvoyantPolicer;
import shedlab.policer.CpuPolicer;
import shedlab.policer.CubicPolicer;
import shedlab.policer.DagorPolicer;
import shedlab.policer.DeadlinePolicer;
import shedlab.policer.GoZeroPolicer;
import shedlab.policer.KratosPolicer;
import shedlab.policer.LittleQueuePolicer;
import shedlab.policer.PiPolicer;
import shedlab.policer.QueueLinearPolicer;
import shedlab.policer.RandomEarlyPolicer;
import shedlab.policer.RejectAllPolicer;
import shedlab.policer.ScaledPolicer;
import shedlab.policer.TokenBucketPolicer;
import shedlab.policer.cpu.CpuTokensPolicer;
import shedlab.policer.cpu.ElasticCpuPolicer;
import shedlab.policer.cpu.HeartbeatPolicer;
import shedlab.policer.cpu.RajomonPolicer;
import shedlab.policer.cpu.RunnableCreditPolicer;
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
        WindowedLimit.around(Gradient2Limit.DEFINITION),
        EnvoyLimit.DEFINITION,
        BrpcLimit.DEFINITION,
        FailsafeLimit.DEFINITION,
        BreakwaterLimit.DEFINITION,
        SlaGradientLimit.DEFINITION,
        LittleLimit.DEFINITION);
  }

  @Override
  public List<Definition<Backlog>> backlogs() {
    return List.of(
        FifoBacklog.DEFINITION, //
        LifoBacklog.DEFINITION,
        AdaptiveLifoBacklog.DEFINITION,
        CodelBacklog.DEFINITION,
        EdfBacklog.DEFINITION,
        PriorityBacklog.DEFINITION,
        FairBacklog.DEFINITION);
  }

  @Override
  public List<Definition<Policer>> policers() {
    return List.of(
        TokenBucketPolicer.DEFINITION,
        RandomEarlyPolicer.DEFINITION,
        PiPolicer.DEFINITION,
        DagorPolicer.DEFINITION,
        BouncerPolicer.DEFINITION,
        BrpcTimeoutPolicer.DEFINITION,
        QueueLinearPolicer.DEFINITION,
        LittleQueuePolicer.DEFINITION,
        CpuPolicer.DEFINITION,
        KratosPolicer.DEFINITION,
        GoZeroPolicer.DEFINITION,
        CpuTokensPolicer.DEFINITION,
        RajomonPolicer.DEFINITION,
        HeartbeatPolicer.DEFINITION,
        RunnableCreditPolicer.DEFINITION,
        ElasticCpuPolicer.DEFINITION,
        CubicPolicer.DEFINITION,
        ScaledPolicer.DEFINITION,
        DeadlinePolicer.DEFINITION,
        RejectAllPolicer.DEFINITION,
        ClairvoyantPolicer.DEFINITION);
  }

  @Override
  public List<Definition<Whole>> wholes() {
    return List.of(OnTime.DEFINITION);
  }
}
