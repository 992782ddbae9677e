package io.serin.rollout;

import io.serin.alert.Alert;
import io.serin.alert.Alerts;
import io.serin.alert.Channel;
import io.serin.api.AlertRef;
import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.LoggingKeys;
import io.serin.api.ProviderRef;
import io.serin.cluster.Cluster;
import io.serin.cluster.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts the receivers that a Canary lists, or else the global one. To each receiver the alerts of
 * one canary go in order; no receiver delays another or a tick. What cannot be sent is logged, told
 * by an event and counted, and stops nothing.
 */
public final class AlertTeller implements Teller, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AlertTeller.class);
  private static final int MOST_WAITING = 1_000;
  private static final String UNKNOWN = "unknown";

  private final Cluster cluster;
  private final AlertChannels channels;
  private final Alerts alerts;
  private final Settings settings;
  private final AlertCounter counter;
  private final OrderedTasks queue = new OrderedTasks(MOST_WAITING);

  /**
   * Settings.
   *
   * @param global for Canaries that list no alerts; null for none
   * @param clusterName told in alerts; may be empty
   */
  public record Settings(@Nullable Channel global, String clusterName) {}

  public AlertTeller(
      Cluster cluster,
      AlertChannels channels,
      Alerts alerts,
      Settings settings,
      AlertCounter counter) {
    this.cluster = cluster;
    this.channels = channels;
    this.alerts = alerts;
    this.settings = settings;
    this.counter = counter;
  }

  /** An alert on its way to the provider of this name. */
  private record Delivery(KubeObject about, Alert alert, String provider) {}

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    for (Alert alert : AlertNarrator.tell(canary, record, settings.clusterName())) {
      if (canary.analysis().alerts().isEmpty()) {
        global(object, alert);
      } else {
        listed(object, canary, alert);
      }
    }
  }

  /** What waits is still sent if that does not take long. */
  @Override
  public void close() {
    queue.close();
  }

  private void global(KubeObject object, Alert alert) {
    Channel channel = settings.global();
    if (channel != null) {
      Delivery delivery = new Delivery(object, alert, "of the controller's flags");
      enqueue(delivery, () -> send(delivery, channel));
    }
  }

  private void listed(KubeObject object, Canary canary, Alert alert) {
    for (AlertRef listed : canary.analysis().alerts()) {
      if (listed.severity().wants(alert.severity())) {
        ProviderRef ref = listed.providerRef();
        String provider = ref.name() + "." + ref.namespaceOr(canary.namespace());
        Delivery delivery = new Delivery(object, alert, provider);
        enqueue(delivery, () -> send(delivery, channels.find(canary, ref)));
      }
    }
  }

  private void enqueue(Delivery delivery, Runnable task) {
    if (!queue.offer(delivery.about().ref() + " " + delivery.provider(), task)) {
      counter.count(UNKNOWN, AlertCounter.Result.DROPPED);
      log(delivery, "too many alerts are waiting, this one is left out");
    }
  }

  private void send(Delivery delivery, AlertChannels.Sought sought) {
    switch (sought) {
      case AlertChannels.Found(Channel channel) -> send(delivery, channel);
      case AlertChannels.Unusable(String problem) -> failed(delivery, UNKNOWN, problem);
    }
  }

  private void send(Delivery delivery, Channel channel) {
    String problem = alerts.send(delivery.alert(), channel);
    if (problem == null) {
      counter.count(channel.type(), AlertCounter.Result.SENT);
    } else {
      failed(delivery, channel.type(), problem);
    }
  }

  private void failed(Delivery delivery, String receiver, String problem) {
    counter.count(receiver, AlertCounter.Result.FAILED);
    String message = log(delivery, problem);
    cluster.emit(new Event(delivery.about(), true, "AlertFailed", message));
  }

  private static String log(Delivery delivery, String problem) {
    String message = "alert provider " + delivery.provider() + " error: " + problem;
    log.atError()
        .addKeyValue("canary", delivery.about().namespace() + "/" + delivery.about().name())
        .addKeyValue(LoggingKeys.PROVIDER, delivery.provider())
        .addKeyValue("alert", delivery.alert().text())
        .log(message);
    return message;
  }
}
