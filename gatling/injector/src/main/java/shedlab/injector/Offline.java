package shedlab.injector;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.prefs.Preferences;

/**
 * Keeps Gatling from calling out. Of its three calls, the warm-up request and the usage analytics
 * have settings ({@code gatling.conf}, repeated here because a system property outranks the file);
 * the search for a newer version has none, but believes its own note of a recent failed attempt.
 */
final class Offline {
  private static final String NODE = "/io/gatling/latestVersion";

  private Offline() {}

  /** Call before the first class of Gatling is touched. {@code prefs} is where its note goes. */
  static void enforce(Path prefs) {
    System.setProperty("gatling.http.warmUpUrl", "");
    System.setProperty("gatling.data.enableAnalytics", "false");
    System.setProperty("java.util.prefs.userRoot", prefs.toString());
    // Its own writing to disk is of no use: the note is renewed in every process.
    Preferences note = Preferences.userRoot().node(NODE);
    note.putBoolean("lastCheckSuccess", false);
    note.putLong("lastCheckTimestamp", System.currentTimeMillis() + TimeUnit.DAYS.toMillis(365));
  }
}
