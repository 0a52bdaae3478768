package shedlab.limit;

import shedlab.admission.Limit;

class FixedLimitTest extends LimitContract {
  @Override
  protected Limit fresh() {
    return new FixedLimit(7);
  }

  @Override
  protected int least() {
    return 7;
  }

  @Override
  protected int greatest() {
    return 7;
  }
}
