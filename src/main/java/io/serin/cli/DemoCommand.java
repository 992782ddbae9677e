package io.serin.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.avaje.jex.Routing.HttpService;
import io.serin.demo.Demo;
import io.serin.demo.DemoOptions;
import io.serin.demo.DemoOptions.Output;
import io.serin.demo.Scenario;
import io.serin.policy.BundledPolicy;
import io.serin.record.RecordingOptions;
import io.serin.record.RecordingWriter;
import io.serin.record.TickRing;
import io.serin.rollout.Teller;
import io.serin.server.Metrics;
import io.serin.server.MetricsTeller;
import io.serin.server.RolloutsApi;
import io.serin.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serin demo}: a good release is promoted and a bad one rolled back, on this machine. */
@Command(
    name = "demo",
    versionProvider = Version.class,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Watch Serin roll out a good release and take back a bad one: an embedded cluster with"
            + " real HTTP traffic on loopback, gone when the command ends.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--headless",
      description = "Print a line for each decision instead of a live view.")
  private boolean headless;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "all",
      description =
          "The story: success, failure, all, failing-latency, no-data, closed-gate or"
              + " new-revision. Default: ${DEFAULT-VALUE}.")
  private String scenario = "all";

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "How many times faster the cluster's clock runs, 1 to 100. Default: 10.")
  private double speed = DemoOptions.USUAL_SPEED;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or json for an object per decision and one for the whole.")
  private String output = "text";

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "Write the recording of each rollout there, for serin replay.")
  private @Nullable Path recordings;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Serve /metrics, /healthz and /api on this port of loopback, 0 for any free one.")
  private @Nullable Integer port;

  @Override
  public Integer call() throws InterruptedException {
    DemoOptions options = options();
    quieten();
    TickRing ring = new TickRing();
    try (Metrics metrics = new Metrics();
        Server server = port == null ? null : Server.startOnLoopback(port, metrics, routes(ring))) {
      if (server != null) {
        String address = "http://127.0.0.1:" + server.port();
        spec.commandLine()
            .getErr()
            .println(
                "metrics at " + address + "/metrics, rollouts at " + address + "/api/v1/canaries");
      }
      return Demo.run(options, tellers(metrics, ring), spec.commandLine().getOut())
          ? ExitCode.OK
          : ExitCode.FAILED;
    }
  }

  /** Log lines would tear the live view apart; what matters to the story is told by it. */
  private static void quieten() {
    Logging.configure(LogLevel.ERROR, LogEncoding.CONSOLE);
    // Netty calls it an error when a connection of the embedded API ends after its event loop.
    if (LoggerFactory.getLogger("io.netty") instanceof Logger netty) {
      netty.setLevel(Level.OFF);
    }
  }

  /** The demo always decides with the bundled rules. */
  private static List<HttpService> routes(TickRing ring) {
    return List.of(new RolloutsApi(ring, _ -> BundledPolicy.load()));
  }

  private List<Teller> tellers(Metrics metrics, TickRing ring) {
    Teller told = new MetricsTeller(metrics.rollouts());
    return recordings == null
        ? List.of(told, ring)
        : List.of(told, ring, new RecordingWriter(RecordingOptions.of(recordings)));
  }

  private DemoOptions options() {
    try {
      return new DemoOptions(Scenario.of(scenario), speed, shown());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Output shown() {
    return switch (output.toLowerCase(Locale.ROOT)) {
      case "json" -> Output.JSON;
      case "text" -> headless ? Output.LINES : Output.LIVE;
      default ->
          throw new IllegalArgumentException(
              "output '" + output + "' is unknown; choose text or json");
    };
  }
}
