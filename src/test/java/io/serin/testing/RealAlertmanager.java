package io.serin.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's Alertmanager on loopback, which notifies one webhook. */
public final class RealAlertmanager implements AutoCloseable {
  static final String NOT_FOUND =
      "there is no program prometheus-alertmanager or alertmanager in PATH or /usr/bin;"
          + " install the package prometheus-alertmanager";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final int port = FreePorts.next();
  private final WorkFolder folder = WorkFolder.create("real-alertmanager");
  private final ChildProcess process;

  private RealAlertmanager(Path program, String webhook) {
    Path config = folder.write("alertmanager.yml", config(webhook));
    List<String> command =
        List.of(
            program.toString(),
            "--config.file=" + config,
            "--storage.path=" + folder.data().resolve("storage"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=");
    this.process = ChildProcess.start(folder.logs().resolve("alertmanager.log"), command);
  }

  /**
   * Starts an Alertmanager and waits until it takes alerts.
   *
   * @param webhook address that it notifies at once
   */
  public static RealAlertmanager notifying(String webhook) {
    Path program = program();
    if (program == null) {
      throw new IllegalStateException(NOT_FOUND);
    }
    RealAlertmanager started = new RealAlertmanager(program, webhook);
    try {
      started.process.awaitReady(START_LIMIT, () -> Readiness.of(started.url() + "/-/ready"));
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** The base address, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }

  static @Nullable Path program() {
    return Programs.find("prometheus-alertmanager", "alertmanager");
  }

  /** Each alert is a group of its own, and no group waits. */
  private static String config(String webhook) {
    // JSON is YAML.
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "route",
                Map.of(
                    "receiver",
                    "test",
                    "group_by",
                    List.of("..."),
                    "group_wait",
                    "0s",
                    "group_interval",
                    "1s"),
                "receivers",
                List.of(
                    Map.of("name", "test", "webhook_configs", List.of(Map.of("url", webhook))))));
  }
}
