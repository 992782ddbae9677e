package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ControllerCommandTest {
  private final Map<String, String> environment = new HashMap<>();
  private final List<ControllerOptions> runs = new ArrayList<>();
  private final List<String> logging = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ControllerMain controller = (_, _) -> ExitCode.OK;

  @Test
  void withoutFlagsEveryDefaultIsFlaggers() {
    assertThat(parsed())
        .isEqualTo(
            new ControllerOptions(
                new ControllerOptions.Connection("", "", "", 100, 250),
                new ControllerOptions.Scope("", "", "", false, Duration.ofSeconds(10), 2),
                new ControllerOptions.Leadership(false, "kube-system", "flagger-leader-election"),
                new ControllerOptions.Routing("istio", "nginx.ingress.kubernetes.io", ""),
                new ControllerOptions.Workloads(
                    List.of(), List.of("app", "name", "app.kubernetes.io/name"), true),
                new ControllerOptions.Notifications(
                    new ControllerOptions.Slack("", "", "", "flagger", ""),
                    new ControllerOptions.Teams("", ""),
                    ""),
                new ControllerOptions.Observability(
                    LogLevel.DEBUG, LogEncoding.JSON, URI.create("http://prometheus:9090"), 8080),
                new ControllerOptions.Policies(List.of(), "kube-system", "", List.of(), "")));
  }

  static Stream<Arguments> flags() {
    return Stream.of(
        flag("-kubeconfig=/k", o -> o.connection().kubeconfig(), "/k"),
        flag("-kubeconfig=/k", o -> o.connection().meshKubeconfig(), "/k"),
        flag("-kubeconfig-service-mesh=/m", o -> o.connection().meshKubeconfig(), "/m"),
        flag("-kubeconfig-qps=7", o -> o.connection().qps(), 7),
        flag("-kubeconfig-burst=8", o -> o.connection().burst(), 8),
        flag("-master=https://api", o -> o.connection().master(), "https://api"),
        flag(
            "-metrics-server=http://p:1/x", o -> o.observability().metricsServer().getPath(), "/x"),
        flag("-control-loop-interval=1m30s", o -> o.scope().controlLoopInterval().toSeconds(), 90L),
        flag("-log-level=warning", o -> o.observability().logLevel(), LogLevel.WARN),
        flag("-log-level=warn", o -> o.observability().logLevel(), LogLevel.WARN),
        flag("-log-level=fatal", o -> o.observability().logLevel(), LogLevel.ERROR),
        flag("-zap-encoding=console", o -> o.observability().logEncoding(), LogEncoding.CONSOLE),
        flag("-port=0", o -> o.observability().port(), 0),
        flag("-slack-url=http://s", o -> o.notifications().slack().url(), "http://s"),
        flag("-slack-token=t", o -> o.notifications().slack().token(), "t"),
        flag("-slack-proxy-url=http://p", o -> o.notifications().slack().proxyUrl(), "http://p"),
        flag("-slack-user=u", o -> o.notifications().slack().user(), "u"),
        flag("-slack-channel=c", o -> o.notifications().slack().channel(), "c"),
        flag("-msteams-url=http://t", o -> o.notifications().teams().url(), "http://t"),
        flag("-msteams-proxy-url=http://p", o -> o.notifications().teams().proxyUrl(), "http://p"),
        flag("-event-webhook=http://e", o -> o.notifications().eventWebhook(), "http://e"),
        flag("-include-label-prefix=a.io, b.io", o -> o.workloads().includeLabelPrefix().size(), 2),
        flag("-selector-labels=app", o -> o.workloads().selectorLabels(), List.of("app")),
        flag("-enable-config-tracking=false", o -> o.workloads().enableConfigTracking(), false),
        flag("-threadiness=4", o -> o.scope().threadiness(), 4),
        flag("-namespace=test", o -> o.scope().namespace(), "test"),
        flag("-namespace=test", o -> o.leadership().namespace(), "test"),
        flag("-mesh-provider=nginx", o -> o.routing().meshProvider(), "nginx"),
        flag("-ingress-annotations-prefix=x", o -> o.routing().ingressAnnotationsPrefix(), "x"),
        flag("-ingress-class=contour", o -> o.routing().ingressClass(), "contour"),
        flag("-enable-leader-election", o -> o.leadership().enabled(), true),
        flag("-enable-leader-election=true", o -> o.leadership().enabled(), true),
        flag("-enable-leader-election=F", o -> o.leadership().enabled(), false),
        flag("-leader-election-namespace=l", o -> o.leadership().namespace(), "l"),
        flag("-cluster-name=prod", o -> o.scope().clusterName(), "prod"),
        flag("-no-cross-namespace-refs", o -> o.scope().noCrossNamespaceRefs(), true),
        flag("-slot=blue", o -> o.leadership().lease(), "flagger-leader-election-blue"),
        flag("-record-dir=/r", o -> o.policies().recordDir(), "/r"),
        flag(
            "-policy-packs=trends,early-promotion",
            o -> o.policies().packs(),
            List.of("trends", "early-promotion")),
        flag(
            "-policy-packs=fast-track-revert",
            o -> o.policies().packs(),
            List.of("fast-track-revert")));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void aFlagSetsItsOption(String flag, Function<ControllerOptions, Object> part, Object expected) {
    assertThat(part.apply(parsed(flag))).isEqualTo(expected);
    assertThat(part.apply(parsed("-" + flag))).isEqualTo(expected);
  }

  @Test
  void aValueMayFollowItsFlag() {
    ControllerOptions options = parsed("-mesh-provider", "linkerd", "--port", "9", "-slot", "b");

    assertThat(options.routing().meshProvider()).isEqualTo("linkerd");
    assertThat(options.observability().port()).isEqualTo(9);
    assertThat(options.scope().slot()).isEqualTo("b");
  }

  @Test
  void ofAFlagGivenTwiceTheLastCounts() {
    assertThat(parsed("-port=1", "-port=2").observability().port()).isEqualTo(2);
  }

  @Test
  void flagsOfFlaggersLoggingLibraryAreAccepted() {
    parsed("-v=4", "-logtostderr", "-stderrthreshold=2", "-zap-replace-globals=true");
  }

  @Test
  void aPolicyDirectoryThatExistsIsTaken(@TempDir Path directory) {
    assertThat(parsed("--policy-dir=" + directory).policies().policyDirs())
        .containsExactly(directory.toString());
  }

  @Test
  void severalPolicyDirectoriesAreTaken(@TempDir Path one, @TempDir Path other) {
    assertThat(parsed("-policy-dir=" + one + "," + other).policies().policyDirs())
        .containsExactly(one.toString(), other.toString());
  }

  @Test
  void twoPolicyDirectoriesOfOneNameAreRefused(@TempDir Path folder) throws IOException {
    Path one = Files.createDirectories(folder.resolve("one/strict"));
    Path other = Files.createDirectories(folder.resolve("other/strict"));

    assertThat(run("-policy-dir=" + one + "," + other)).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .startsWith(
            "serin controller: --policy-dir is '%s,%s'; name directories with names of their own"
                .formatted(one, other));
  }

  @Test
  void clusterPoliciesInConfigMapsStandInTheControllersOwnNamespace() {
    assertThat(parsed().policies().policyNamespace()).isEqualTo("kube-system");
    assertThat(parsed("-leader-election-namespace=l").policies().policyNamespace()).isEqualTo("l");

    environment.put("POD_NAMESPACE", "serin-system");

    assertThat(parsed().policies().policyNamespace()).isEqualTo("serin-system");
    assertThat(parsed("-policy-namespace=p").policies().policyNamespace()).isEqualTo("p");
  }

  @Test
  void theEnvironmentWinsOverTheFlags() {
    environment.put("SLACK_URL", "http://env/1");
    environment.put("SLACK_TOKEN", "env2");
    environment.put("SLACK_PROXY_URL", "http://env/3");
    environment.put("MSTEAMS_URL", "http://env/4");
    environment.put("MSTEAMS_PROXY_URL", "http://env/5");
    environment.put("EVENT_WEBHOOK_URL", "http://env/6");

    assertThat(parsed("-slack-url=http://flag", "-slack-channel=c").notifications())
        .isEqualTo(
            new ControllerOptions.Notifications(
                new ControllerOptions.Slack("http://env/1", "env2", "http://env/3", "flagger", "c"),
                new ControllerOptions.Teams("http://env/4", "http://env/5"),
                "http://env/6"));
  }

  @Test
  void anEmptyVariableLeavesTheFlag() {
    environment.put("SLACK_URL", "");

    assertThat(parsed("-slack-url=http://flag").notifications().slack().url())
        .isEqualTo("http://flag");
  }

  @Test
  void secretsAreNotPrinted() {
    String text =
        parsed("-slack-url=http://s/secret", "-slack-token=secret", "-event-webhook=http://secret")
            .toString();

    assertThat(text).doesNotContain("secret").contains("***");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -port=70000                | --port is '70000'; use 0 (any free one) to 65535
          -port=http                 | invalid value for option '--port': 'http' is not an int
          -control-loop-interval=10x | invalid value for option '--control-loop-interval': '10x' is no duration; write for example 30s, 1m30s or 500ms
          -control-loop-interval=0s  | --control-loop-interval is 'PT0S'; give a duration above zero, for example 10s
          -log-level=loud            | invalid value for option '--log-level': 'loud' is no log level; use debug, info, warning or error
          -zap-encoding=xml          | invalid value for option '--zap-encoding': 'xml' is no log encoding; use json or console
          -enable-leader-election=ja | invalid value for option '--enable-leader-election': 'ja' is neither true nor false
          -threadiness=0             | --threadiness is '0'; use 1 or more
          -kubeconfig-qps=-1         | --kubeconfig-qps is '-1'; use 1 or more
          -slot=Blue_1               | --slot is 'Blue_1'; use up to 40 lower-case letters, digits and inner hyphens
          -metrics-server=prom:9090  | --metrics-server is 'prom:9090'; give an address such as http://prometheus:9090
          -slack-url=ftp://secret    | --slack-url is '***'; give an address that starts with http:// or https://
          -selector-labels=,         | --selector-labels is ''; list at least one label key
          -policy-packs=tea-break    | --policy-packs is 'tea-break'; name some of change-window-and-freeze, fleet-limit, dependencies, capacity, trends, minimum-samples, freeze-instead-of-rollback, fast-track-revert, early-promotion
          -policy-dir=/no/such       | --policy-dir is '/no/such'; name directories with .drl files, separated by commas
          -mesh-provder=istio        | unknown option: '-mesh-provder=istio'
          stray                      | unexpected argument 'stray'
          """)
  void aWrongFlagIsOneLineAndExit2(String flag, String line) {
    assertThat(run(flag)).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .startsWith("serin controller: " + line + "; ")
        .contains("run 'serin controller --help'");
    assertThat(runs).isEmpty();
  }

  @Test
  void aMisspeltFlagGetsASuggestion() {
    run("-mesh-provder=istio");

    assertThat(err.toString()).contains("did you mean '", "-mesh-provider'?");
  }

  @Test
  void theControllersExitCodeIsThatOfTheCommand() {
    controller = (_, _) -> 7;

    assertThat(run()).isEqualTo(7);
  }

  @Test
  void aControllerThatCannotStartIsOneLineAndExit1() {
    controller =
        (_, _) -> {
          throw new IllegalStateException("port 8080 is taken; choose another with -port\nmore");
        };

    assertThat(run()).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "serin controller: port 8080 is taken; choose another with -port");
  }

  @Test
  void loggingIsConfiguredBeforeTheControllerRuns() {
    controller =
        (_, _) -> {
          assertThat(logging).containsExactly("INFO CONSOLE");
          return ExitCode.OK;
        };

    assertThat(run("-log-level=info", "-zap-encoding=console")).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @CsvSource({"-version", "--version", "-V"})
  void theVersionIsPrintedWithoutARun(String flag) {
    assertThat(run(flag)).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("serin ");
    assertThat(runs).isEmpty();
  }

  @Test
  void theHelpListsFlagsWithTheirMeaning() {
    assertThat(run("-help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("-mesh-provider, --mesh-provider=NAME", "-slot, --slot=NAME")
        .doesNotContain("logtostderr");
  }

  private static Arguments flag(
      String flag, Function<ControllerOptions, Object> part, Object expected) {
    return argumentSet(flag + " -> " + expected, flag, part, expected);
  }

  private ControllerOptions parsed(String... flags) {
    assertThat(run(flags)).as(err.toString()).isEqualTo(ExitCode.OK);
    return runs.getLast();
  }

  private int run(String... flags) {
    ControllerMain recorded =
        (options, stop) -> {
          runs.add(options);
          return controller.run(options, stop);
        };
    ControllerCommand command =
        new ControllerCommand(
            recorded,
            environment,
            StopSignal::new,
            (level, encoding) -> logging.add(level + " " + encoding));
    return Commands.commandLine(List.of(ControllerCommand.commandLine(command)))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.concat(Stream.of("controller"), Stream.of(flags)).toArray(String[]::new));
  }
}
