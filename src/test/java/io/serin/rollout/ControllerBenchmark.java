package io.serin.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.serin.api.Phase;
import io.serin.testing.AuditEntry;
import io.serin.testing.KubeApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/**
 * What {@code serin controller} costs on a real API server: start-up, CPU for each advancing tick,
 * resident memory, requests. Istio, a step of one percent every ten seconds, a Prometheus that
 * always answers. Not a part of the build; docs/benchmarks.md has the command and the figures.
 */
public final class ControllerBenchmark {

  private static final int PER_NAMESPACE = 100;
  private static final Duration SETTLING = Duration.ofMinutes(10);
  private static final long TICKS_PER_SECOND = 100; // USER_HZ of Linux
  private static final List<String> CHECKS =
      List.of(
          "{name: request-success-rate, interval: 1m, thresholdRange: {min: 99}}",
          "{name: request-duration, interval: 1m, thresholdRange: {max: 500}}",
          "{name: errors, interval: 1m, thresholdRange: {max: 500}, query: 'sum(errors)'}",
          "{name: queue, interval: 1m, thresholdRange: {max: 500}, query: 'max(queue)'}");

  private final KubeApiServer server;
  private final int canaries;
  private final List<LiveNamespace> namespaces = new ArrayList<>();

  private ControllerBenchmark(KubeApiServer server, int canaries) {
    this.server = server;
    this.canaries = canaries;
  }

  /**
   * Arguments: canaries, how many of them advance (the first ones), checks each, windows of
   * measuring, seconds of a window. The first windows show how the code warms up.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int canaries = number(args, 0, 100);
    int advancing = number(args, 1, 100);
    int checks = number(args, 2, 4);
    int windows = number(args, 3, 10);
    Duration window = Duration.ofSeconds(number(args, 4, 30));
    Path folder = Files.createTempDirectory("serin-benchmark");
    HttpServer prometheus = prometheus();
    try (KubeApiServer server = KubeApiServer.start()) {
      ControllerBenchmark benchmark = new ControllerBenchmark(server, canaries);
      try {
        benchmark.prepare(checks);
        String metrics = "http://127.0.0.1:" + prometheus.getAddress().getPort();
        long start = System.nanoTime();
        try (ControllerProcess controller =
            ControllerProcess.start(
                server,
                "",
                folder,
                "controller",
                "-mesh-provider=istio",
                "-metrics-server=" + metrics,
                "-kubeconfig-qps=1000",
                "-kubeconfig-burst=1000",
                "-log-level=warn")) {
          System.out.printf("start-up until /readyz answers: %d ms%n", millis(start));
          long pid = controller.process.pid();
          benchmark.settle(pid);
          benchmark.advance(pid, advancing, windows, window);
        }
      } finally {
        benchmark.namespaces.forEach(LiveNamespace::close);
      }
    } finally {
      prometheus.stop(0);
    }
    System.exit(0);
  }

  /** All Deployments and Canaries, before the controller comes. */
  private void prepare(int checks) throws InterruptedException {
    String analysis =
        "stepWeight: 1\nmaxWeight: 100\nmetrics: ["
            + String.join(", ", CHECKS.subList(0, checks))
            + "]";
    for (int i = 0; i < canaries; i += PER_NAMESPACE) {
      namespaces.add(new LiveNamespace(server, LiveNamespace.SERINS_DEFINITIONS, "bench"));
    }
    forEach(
        canaries,
        i -> {
          home(i).create(Live.deployment(name(i)));
          home(i).create(Live.canary(name(i), "istio", analysis, ""));
        });
  }

  private void settle(long pid) throws IOException, InterruptedException {
    long start = System.nanoTime();
    await("initialised", canary -> canary.equals(Phase.INITIALIZED.wireName()) ? 1 : 0);
    System.out.printf("%d canaries initialised after %d ms%n", canaries, millis(start));
    Thread.sleep(Duration.ofSeconds(30)); // Events are still sent.
    Instant from = Instant.now();
    long cpu = cpuMillis(pid);
    Thread.sleep(Duration.ofSeconds(20));
    long used = cpuMillis(pid) - cpu;
    List<AuditEntry> requests = server.requests(KubeApiServer.CONTROLLER, from);
    System.out.printf(
        "all idle for 20 s: requests but for the lease: %d, CPU: %d ms, resident: %d MiB%n",
        requests.stream().filter(r -> !r.resource().equals("leases")).count(), used, resident(pid));
  }

  private void advance(long pid, int advancing, int windows, Duration window)
      throws IOException, InterruptedException {
    forEach(advancing, i -> home(i).release(name(i), "6.0.1"));
    for (int i = 0; i < windows; i++) {
      Instant from = Instant.now();
      long cpu = cpuMillis(pid);
      Thread.sleep(window);
      long used = cpuMillis(pid) - cpu;
      report(server.requests(KubeApiServer.CONTROLLER, from), used);
      System.out.printf("  resident: %d MiB, load of the machine: %s%n", resident(pid), load());
    }
  }

  private static void report(List<AuditEntry> requests, long cpuMillis) {
    Map<String, Integer> kinds = new TreeMap<>();
    for (AuditEntry one : requests) {
      String what = one.verb() + " " + one.resource() + " " + one.subresource();
      kinds.merge(what.strip() + (one.code() >= 400 ? " " + one.code() : ""), 1, Integer::sum);
    }
    int ticks = kinds.getOrDefault("patch canaries status", 0);
    System.out.printf(
        "advancing ticks: %d, requests each: %.2f, CPU each: %.2f ms; requests: %s%n",
        ticks, (double) requests.size() / ticks, (double) cpuMillis / ticks, kinds);
  }

  /** Waits until every Canary's phase counts. */
  private void await(String what, ToIntFunction<String> counts) throws InterruptedException {
    long end = System.nanoTime() + SETTLING.toNanos();
    int reached = 0;
    while (reached < canaries) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(reached + " of " + canaries + " are " + what);
      }
      Thread.sleep(Duration.ofSeconds(1));
      reached = 0;
      for (LiveNamespace home : namespaces) {
        reached += home.phases().stream().mapToInt(counts).sum();
      }
    }
  }

  private interface Work {
    void on(int canary);
  }

  private void forEach(int count, Work work) throws InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < count; i++) {
        int canary = i;
        var _ = workers.submit(() -> work.on(canary));
      }
    }
  }

  private LiveNamespace home(int canary) {
    return namespaces.get(canary / PER_NAMESPACE);
  }

  private static String name(int canary) {
    return "app-" + canary;
  }

  private static int number(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }

  private static long millis(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis();
  }

  /** User and system time of the process. */
  private static long cpuMillis(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS_PER_SECOND;
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", "" + pid, "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  private static HttpServer prometheus() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", ControllerBenchmark::answer);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String json =
        """
        {"status":"success","data":{"resultType":"vector",
         "result":[{"metric":{},"value":[%d,"100"]}]}}
        """
            .formatted(Instant.now().getEpochSecond());
    byte[] body = json.getBytes(UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
