package shedlab.limit;

import shedlab.admission.Limit;

class NoLimitTest extends LimitContract {
  @Override
  protected Limit fresh() {
    return new NoLimit();
  }

  @Override
  protected int least() {
    return Limit.MAX;
  }

  @Override
  protected int greatest() {
    return Limit.MAX;
  }
}
