package io.serin.cli;

import io.serin.alert.HttpAlerts;
import io.serin.record.RecordingOptions;
import io.serin.record.RecordingWriter;
import io.serin.rollout.AlertChannels;
import io.serin.rollout.AlertTeller;
import io.serin.rollout.EventHookTeller;
import io.serin.rollout.EventTeller;
import io.serin.rollout.LogTeller;
import io.serin.rollout.Teller;
import io.serin.server.MetricsTeller;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Everybody whom a controller tells about a tick. */
final class LiveTellers implements AutoCloseable {

  private final EventHookTeller eventHooks;
  private final AlertTeller alerts;
  private final List<Teller> all;

  private LiveTellers(EventHookTeller eventHooks, AlertTeller alerts, List<Teller> others) {
    this.eventHooks = eventHooks;
    this.alerts = alerts;
    this.all = new ArrayList<>(others);
    all.add(eventHooks);
    all.add(alerts);
  }

  static LiveTellers open(
      ControllerOptions options,
      InstantSource clock,
      LiveController.Replica process,
      LiveController.Outside outside) {
    return new LiveTellers(
        new EventHookTeller(outside.webhooks(), options.notifications().eventWebhook()),
        alerts(options, clock, process, outside),
        others(options, process, outside));
  }

  List<Teller> all() {
    return List.copyOf(all);
  }

  /** What waits is still sent if that does not take long. */
  @Override
  public void close() {
    alerts.close();
    eventHooks.close();
  }

  private static List<Teller> others(
      ControllerOptions options, LiveController.Replica process, LiveController.Outside outside) {
    List<Teller> others = new ArrayList<>();
    others.add(new EventTeller(outside.cluster()));
    others.add(new LogTeller());
    others.add(new MetricsTeller(process.metrics().rollouts()));
    others.add(process.metrics().policies());
    others.add(process.ring());
    String recordDir = options.policies().recordDir();
    if (!recordDir.isEmpty()) {
      others.add(new RecordingWriter(RecordingOptions.of(Path.of(recordDir))));
    }
    return others;
  }

  private static AlertTeller alerts(
      ControllerOptions options,
      InstantSource clock,
      LiveController.Replica process,
      LiveController.Outside outside) {
    return new AlertTeller(
        outside.cluster(),
        new AlertChannels(
            process.connection().world(),
            outside.secrets(),
            !options.scope().noCrossNamespaceRefs()),
        new HttpAlerts(process.http(), clock),
        new AlertTeller.Settings(
            GlobalNotifier.channel(options.notifications()), options.scope().clusterName()),
        process.metrics().alerts());
  }
}
