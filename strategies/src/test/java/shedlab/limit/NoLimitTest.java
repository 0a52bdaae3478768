package shedlab.limit;

import shedlab.admission.Limit;

class NoLimitTest extends LimitContract {
  @Override
  Limit fresh() {
    return new NoLimit();
  }

  @Override
  int least() {
    return Limit.MAX;
  }

  @Override
  int greatest() {
    return Limit.MAX;
  }
}
