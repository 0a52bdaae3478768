package shedlab.limit;

import shedlab.admission.Limit;

class FixedLimitTest extends LimitContract {
  @Override
  Limit fresh() {
    return new FixedLimit(7);
  }

  @Override
  int least() {
    return 7;
  }

  @Override
  int greatest() {
    return 7;
  }
}
