package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void onlyABareSemaphoreHasAPrediction() {
    assertThat(Prediction.shedShare("fixed:limit=1", 1, 0.5)).isEqualTo(1.0 / 3);
    assertThat(Prediction.shedShare("fixed:limit=4+fifo:capacity=16,timeout=200ms", 1, 2)).isNull();
    assertThat(Prediction.shedShare("none", 1, 2)).isNull();
  }
}
