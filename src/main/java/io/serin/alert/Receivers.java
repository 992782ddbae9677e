package io.serin.alert;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every kind of receiver. A new one is a class and a line here. */
public final class Receivers {

  private static final Map<String, Receiver> ALL =
      new TreeMap<>(
          Map.of(
              "slack", new Slack(),
              "discord", new Discord(),
              "rocket", new Rocket(),
              "msteams", new Teams(),
              "msteams-workflows", new TeamsWorkflow(),
              "gchat", new GoogleChat(),
              "alertmanager", new Alertmanager(),
              "webhook", new GenericWebhook()));

  private Receivers() {}

  /** The types that an AlertProvider may have, sorted. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  static @Nullable Receiver find(String type) {
    return ALL.get(type);
  }
}
