package io.serin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's Prometheus on loopback, scraping the given targets once a second. */
public final class RealPrometheus implements AutoCloseable {
  static final String NOT_FOUND =
      "there is no program prometheus in PATH or /usr/bin; install the package prometheus";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final int port = FreePorts.next();
  private final WorkFolder folder;
  private final ChildProcess process;

  /**
   * What to scrape.
   *
   * @param address host and port, such as {@code 127.0.0.1:8080}
   * @param path such as {@code /metrics}
   * @param labels added to every series of this target
   */
  public record Target(String address, String path, Map<String, String> labels) {
    public Target {
      labels = Map.copyOf(labels);
    }

    /** Scrapes {@code /metrics}. */
    public Target(String address, Map<String, String> labels) {
      this(address, "/metrics", labels);
    }
  }

  private RealPrometheus(Path program, List<Target> targets, String history) {
    this.folder = WorkFolder.create("real-prometheus");
    if (!history.isEmpty()) {
      load(program.resolveSibling("promtool"), folder.write("history.txt", history));
    }
    Path config = folder.write("prometheus.yml", config(targets));
    List<String> command =
        List.of(
            program.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.data().resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port);
    this.process = ChildProcess.start(folder.logs().resolve("prometheus.log"), command);
  }

  /** Starts a Prometheus and waits until it answers queries. */
  public static RealPrometheus scraping(Target... targets) {
    Path program = program();
    if (program == null) {
      throw new IllegalStateException(NOT_FOUND);
    }
    return started(new RealPrometheus(program, List.of(targets), ""));
  }

  /**
   * Starts a Prometheus that scrapes nothing and remembers these samples.
   *
   * @param openMetrics samples with times of the last days, in the OpenMetrics text format
   */
  public static RealPrometheus remembering(String openMetrics) {
    Path program = program();
    if (program == null) {
      throw new IllegalStateException(NOT_FOUND);
    }
    return started(new RealPrometheus(program, List.of(), openMetrics));
  }

  private static RealPrometheus started(RealPrometheus prometheus) {
    try {
      prometheus.process.awaitReady(START_LIMIT, prometheus::isReady);
      return prometheus;
    } catch (RuntimeException e) {
      prometheus.close();
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

  private void load(Path promtool, Path history) {
    Path log = folder.logs().resolve("promtool.log");
    List<String> command =
        List.of(
            promtool.toString(),
            "tsdb",
            "create-blocks-from",
            "openmetrics",
            history.toString(),
            folder.data().resolve("tsdb").toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("promtool failed: " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static @Nullable Path program() {
    return Programs.find("prometheus");
  }

  private static String config(List<Target> targets) {
    List<Map<String, Object>> jobs =
        IntStream.range(0, targets.size())
            .mapToObj(i -> job("target-" + i, targets.get(i)))
            .toList();
    // JSON is YAML, and quotes whatever a label holds.
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "global",
                Map.of("scrape_interval", "1s", "scrape_timeout", "1s"),
                "scrape_configs",
                jobs));
  }

  private static Map<String, Object> job(String name, Target target) {
    return Map.of(
        "job_name", name,
        "metrics_path", target.path(),
        "static_configs",
            List.of(Map.of("targets", List.of(target.address()), "labels", target.labels())));
  }

  private boolean isReady() {
    return Readiness.of(url() + "/-/ready");
  }
}
