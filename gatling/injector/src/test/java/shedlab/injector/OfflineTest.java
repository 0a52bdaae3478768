package shedlab.injector;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.core.config.GatlingConfiguration;
import java.nio.file.Path;
import java.util.prefs.Preferences;
import org.junit.jupiter.api.Test;

final class OfflineTest {
  @Test
  void nothingOfGatlingCallsOut() {
    Offline.enforce(Path.of("target", "prefs").toAbsolutePath());

    GatlingConfiguration settings = GatlingConfiguration.load();
    assertThat(settings.data().enableAnalytics()).isFalse();
    assertThat(settings.http().warmUpUrl().isEmpty()).isTrue();
    Preferences note = Preferences.userRoot().node("/io/gatling/latestVersion");
    assertThat(note.getBoolean("lastCheckSuccess", true)).isFalse();
    assertThat(note.getLong("lastCheckTimestamp", 0)).isGreaterThan(System.currentTimeMillis());
  }
}
