package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.record.Recording;
import io.serin.record.Recordings;
import io.serin.rollout.TickRecord;
import io.serin.testing.RealPrometheus;
import io.serin.testing.RealPrometheusTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serin record --prometheus} over the history of a real Prometheus. */
@RealPrometheusTest
class BackfillIT {
  private static final int STEP = 15;
  private static final Instant START =
      Instant.now().minus(Duration.ofMinutes(90)).truncatedTo(ChronoUnit.MINUTES);
  private static final String MANIFEST =
      """
      apiVersion: flagger.app/v1beta1
      kind: Canary
      metadata: {name: NAME, namespace: test}
      spec:
        provider: gatewayapi:v1
        targetRef: {apiVersion: apps/v1, kind: Deployment, name: NAME}
        service: {port: 80}
        analysis:
          interval: 1m
          threshold: 2
          maxWeight: 30
          stepWeight: 10
          metrics:
          - {name: request-success-rate, thresholdRange: {min: 99}, interval: 30s}
          - {name: share, templateRef: {name: share}, thresholdRange: {max: 50}}
          - {name: elsewhere, templateRef: {name: elsewhere}, thresholdRange: {max: 50}}
      ---
      apiVersion: flagger.app/v1beta1
      kind: MetricTemplate
      metadata: {name: share, namespace: test}
      spec:
        provider: {type: prometheus, address: 'http://only.in.the.cluster:9090', secretRef: {name: x}}
        query: 'vector(7)'
      ---
      apiVersion: flagger.app/v1beta1
      kind: MetricTemplate
      metadata: {name: elsewhere, namespace: test}
      spec: {provider: {type: datadog}, query: 'avg:x'}
      """;

  @AutoClose private final RealPrometheus prometheus = RealPrometheus.remembering(history());

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @BeforeEach
  void manifests() throws IOException {
    Files.writeString(directory.resolve("podinfo.yaml"), MANIFEST.replace("NAME", "podinfo"));
    Files.writeString(directory.resolve("plain.yaml"), MANIFEST.replace("NAME", "plain"));
  }

  @Test
  void theRunsThatTheControllersMetricsRememberAreFound() {
    assertThat(run("podinfo", "--from", minute(0), "--to", minute(30))).isEqualTo(ExitCode.OK);

    List<Recording> runs = runs();
    assertThat(err.toString())
        .contains("metric elsewhere is left out: ", "\"datadog\" is no known provider type");
    assertThat(runs).hasSize(2);
    assertThat(verbs(runs.getFirst()))
        .containsExactly("advance", "advance", "advance", "promote", "succeed");
    assertThat(verbs(runs.getLast())).containsExactly("advance", "halt", "rollback");
    assertThat(runs)
        .flatExtracting(Recording::ticks)
        .extracting(TickRecord::backfilled)
        .containsOnly(TickRecord.FROM_HISTORY);

    TickRecord second = runs.getFirst().ticks().get(1);
    assertThat(second.at()).isEqualTo(START.plus(Duration.ofMinutes(6)));
    assertThat(second.before().weight()).isEqualTo(10);
    assertThat(second.after().weight()).isEqualTo(20);
    assertThat(second.evidence().metrics()).hasSize(2);
    assertThat(second.evidence().metrics().getFirst().value()).isEqualTo(100);
    assertThat(second.evidence().metrics().getLast().value()).isEqualTo(7);
    TickRecord halted = runs.getLast().ticks().get(1);
    assertThat(halted.evidence().metrics().getFirst().value()).isEqualTo(50);
    assertThat(halted.after().failedChecks()).isEqualTo(1);
  }

  @Test
  void todaysRulesDecideBackfilledTicks() {
    run("podinfo", "--from", minute(0), "--to", minute(30));
    StringWriter replayed = new StringWriter();

    Commands.commandLine()
        .setOut(new PrintWriter(replayed, true))
        .execute("replay", "--recordings", directory.resolve("out").toString(), "-o", "text");

    assertThat(replayed.toString()).contains("0 cannot tell").contains("8 ticks of 2 recordings");
  }

  @Test
  void withoutTheControllersMetricsARunGoesByItsSchedule() throws IOException {
    Path times = directory.resolve("runs.txt");
    Files.writeString(times, "# releases\n" + minute(5) + " " + minute(15) + "  # first\n");

    assertThat(run("plain", "--runs", times.toString())).isEqualTo(ExitCode.OK);

    assertThat(err.toString()).contains("goes by its schedule");
    assertThat(verbs(runs().getFirst()))
        .containsExactly("advance", "advance", "advance", "promote", "finalise", "succeed");
    assertThat(runs().getFirst().ticks())
        .extracting(TickRecord::backfilled)
        .containsOnly(TickRecord.FROM_SCHEDULE);
    assertThat(runs().getFirst().ticks().get(1).evidence().metrics().getFirst().value())
        .isEqualTo(100);
  }

  @Test
  void timesWithoutARunAreAFailure() {
    assertThat(run("podinfo", "--from", minute(12), "--to", minute(18))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no run was found; name other times");
  }

  /** Two runs of podinfo, a good and a bad one; plain has traffic and no controller. */
  private static String history() {
    StringBuilder text = new StringBuilder();
    gauge(
        text,
        "flagger_canary_status{name=\"podinfo\",exported_namespace=\"test\"}",
        BackfillIT::status);
    gauge(
        text,
        "flagger_canary_weight{workload=\"podinfo\",exported_namespace=\"test\"}",
        BackfillIT::weight);
    String counter =
        "http_request_duration_seconds_count{kubernetes_namespace=\"test\",status=\"%s\",kubernetes_pod_name=\"%s-6c8f4d7b9-x2x4q\"}";
    text.append("# TYPE http_request_duration_seconds_count unknown\n");
    samples(text, counter.formatted("200", "podinfo"), s -> 10 * s);
    samples(text, counter.formatted("500", "podinfo"), s -> Math.max(0, 10 * (s - 20 * 60)));
    samples(text, counter.formatted("200", "plain"), s -> 10 * s);
    return text.append("# EOF\n").toString();
  }

  private static int status(int second) {
    int minute = second / 60;
    return minute >= 5 && minute < 9 || minute >= 20 && minute < 23 ? 0 : minute >= 23 ? 2 : 1;
  }

  private static int weight(int second) {
    return switch (second / 60) {
      case 6, 21, 22 -> 10;
      case 7 -> 20;
      case 8, 9 -> 30;
      default -> 0;
    };
  }

  private static void gauge(StringBuilder text, String series, IntFunction<Integer> value) {
    text.append("# TYPE ").append(series, 0, series.indexOf('{')).append(" gauge\n");
    samples(text, series, value);
  }

  private static void samples(StringBuilder text, String series, IntFunction<Integer> value) {
    for (int second = 0; second <= 30 * 60; second += STEP) {
      text.append(series)
          .append(' ')
          .append(value.apply(second))
          .append(' ')
          .append(START.getEpochSecond() + second)
          .append('\n');
    }
  }

  private static String minute(int minute) {
    return START.plus(Duration.ofMinutes(minute)).toString();
  }

  private List<Recording> runs() {
    return new Recordings()
        .read(
            directory.resolve("out"),
            problem -> {
              throw new AssertionError(problem);
            })
        .toList();
  }

  private static List<String> verbs(Recording run) {
    return run.ticks().stream().map(t -> t.verdict().verb()).toList();
  }

  private int run(String canary, String... times) {
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "record",
                "--prometheus",
                prometheus.url(),
                "--canary",
                directory.resolve(canary + ".yaml").toString(),
                "--out",
                directory.resolve("out").toString()),
            Stream.of(times));
    return Shell.run(out, err, all.toArray(String[]::new), new RecordCommand());
  }
}
