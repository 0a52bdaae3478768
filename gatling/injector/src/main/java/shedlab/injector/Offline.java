package shedlab.injector;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.prefs.Preferences;

/**
 * Keeps Gatling from using the internet. Of its three requests, that for warming up and the usage
 * analytics have settings ({@code gatling.conf}, repeated here because a system property outranks
 * the file). The search for a newer version has none, but is left out if a preference notes that it
 * has failed lately.
 */
final class Offline {
  private static final String NODE = "/io/gatling/latestVersion";

  private Offline() {}

  /**
   * Call before the first class of Gatling is touched. {@code prefs} is the folder of that
   * preference.
   */
  static void enforce(Path prefs) {
    System.setProperty("gatling.http.warmUpUrl", "");
    System.setProperty("gatling.data.enableAnalytics", "false");
    System.setProperty("java.util.prefs.userRoot", prefs.toString());
    // It need not be kept on disk: it is set anew in every process.
    Preferences note = Preferences.userRoot().node(NODE);
    note.putBoolean("lastCheckSuccess", false);
    note.putLong("lastCheckTimestamp", System.currentTimeMillis() + TimeUnit.DAYS.toMillis(365));
  }
}
