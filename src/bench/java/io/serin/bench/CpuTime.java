package io.serin.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Processor time for each thing that a benchmark does, over all threads of the process and with
 * collecting its garbage: unlike time by the clock it depends little on what else the machine does.
 * Some systems count it in steps of 10 ms, so an iteration should take a second. Prints the median
 * and the best of the measured iterations.
 */
@State(Scope.Benchmark)
public class CpuTime {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final List<Double> micros = new ArrayList<>();
  private long things;
  private long since;

  /** Counts what was done. */
  public void done(int more) {
    things += more;
  }

  /** Starts the clock. */
  @Setup(Level.Iteration)
  public void start() {
    things = 0;
    since = PROCESS.getProcessCpuTime();
  }

  /** Stops the clock. */
  @TearDown(Level.Iteration)
  public void stop(IterationParams iteration) {
    long nanos = PROCESS.getProcessCpuTime() - since;
    if (iteration.getType() == IterationType.MEASUREMENT) {
      micros.add(nanos / 1_000.0 / things);
    }
  }

  /** Prints what came out. */
  @TearDown(Level.Trial)
  @SuppressWarnings("SystemOut")
  public void print(BenchmarkParams benchmark) {
    List<Double> sorted = micros.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    System.out.printf(
        Locale.ROOT,
        "%n## CPU %s %s: median %.2f us, best %.2f us; %,.0f a second on one core%n",
        benchmark.getBenchmark().replaceFirst(".*\\.(?=\\w+\\.\\w+$)", ""),
        benchmark.getParamsKeys().stream().map(k -> k + "=" + benchmark.getParam(k)).toList(),
        median,
        sorted.getFirst(),
        1_000_000 / median);
  }
}
