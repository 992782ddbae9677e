package io.serin.bench;

import io.serin.policy.CompiledPolicy;
import io.serin.policy.DrlFile;
import io.serin.policy.Policy;
import io.serin.policy.PolicyCompiler;
import io.serin.policy.PolicySource;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a policy costs before it decides anything: compiling it from source, loading its byte code,
 * and the heap that it keeps.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class CompileBenchmark {

  private static final int POLICIES = 20;

  /** Rules as teams write them; each stands for a concern, a number takes the place of %d. */
  private static final List<String> RULES =
      List.of(
          """
          rule "metric %1$d above its limit halts"
          when
              Rollout( analysing, !lastChance )
              $m : Metric( name == "metric-%1$d", value > %1$d.5 )
          then
              decide.halt( $m.name() + " is " + $m.value() );
          end
          """,
          """
          rule "metrics %1$d and latency together take the revision back"
          when
              Rollout( analysing, weight >= 20 )
              $one : Metric( name == "metric-%1$d", outcome == Outcome.FAIL )
              ( exists Metric( name == "latency", value > 400 ) or exists Metric( name == "cpu", value > 80 ) )
          then
              decide.rollback( $one.message() );
          end
          """,
          """
          rule "namespace %1$d takes no step at night"
          when
              Rollout( analysing, namespace == "team-%1$d" )
              $now : Moment( hour < 7 || hour >= 20 )
          then
              decide.hold( "it is " + $now.hour() + " o'clock" );
          end
          """,
          """
          rule "measure check %1$d once every gate is open"
          when
              Rollout( analysing, due, started )
              Revision( analysed )
              not Gate( !open )
              $check : Check( name == "metric-%1$d", pending )
          then
              decide.measure( $check );
          end
          """,
          """
          rule "canary %1$d wants enough pods"
          when
              $rollout : Rollout( analysing, name == "app-%1$d" )
              $target : Workload( target, available < 2 )
          then
              decide.hold( $rollout.name() + " has " + $target.available() + " pods" );
          end
          """,
          """
          rule "more than %1$d failing checks halt"
          when
              Rollout( analysing )
              accumulate( $m : Metric( outcome == Outcome.FAIL ); $n : count( $m ); $n > %1$d )
          then
              decide.halt( $n + " checks fail" );
          end
          """,
          """
          rule "step %1$d while everything passes"
          when
              $rollout : Rollout( analysing, due, weight == %1$d, nextWeight > weight )
              not Check( pending )
              not Metric( outcome != Outcome.PASS )
              forall( $hook : Hook()
                      Gate( order == $hook.order, open ) )
          then
              decide.advance( $rollout.nextWeight(), "every check passes" );
          end
          """);

  /** Rules of the policy. */
  @Param({"20", "100", "500"})
  public int rules;

  private PolicySource source = new PolicySource(List.of());
  private List<CompiledPolicy> compiled = List.of();

  /** Writes the policy and compiles it once. */
  @Setup
  public void prepare() {
    source =
        new PolicySource(
            List.of(
                new DrlFile(
                    "generated.drl",
                    IntStream.range(0, rules)
                        .mapToObj(i -> RULES.get(i % RULES.size()).formatted(i))
                        .collect(Collectors.joining("\n")))));
    compiled = List.of(PolicyCompiler.compile(source));
  }

  /** From source to byte code. */
  @Benchmark
  public CompiledPolicy compile() {
    return PolicyCompiler.compile(source);
  }

  /** From byte code to a policy that can decide. */
  @Benchmark
  public Policy load() {
    return Policy.load(compiled.getFirst());
  }

  /** What a loaded policy that has decided keeps; the time is of no interest. */
  @Benchmark
  @Warmup(iterations = 1)
  @Measurement(iterations = 1)
  public List<Policy> keep(Heap heap) {
    List<Policy> kept = new ArrayList<>(some());
    long before = used();
    kept.addAll(some());
    heap.kibibytesOfAPolicy = (used() - before) / POLICIES / 1024;
    return kept;
  }

  private List<Policy> some() {
    CompiledPolicy one = compiled.getFirst();
    return IntStream.range(0, POLICIES).mapToObj(_ -> decided(Policy.load(one))).toList();
  }

  private static Policy decided(Policy policy) {
    policy.decide(DecisionBenchmark.facts("podinfo", 4), DecisionBenchmark::answer);
    return policy;
  }

  /** Collects until nothing more goes: what compiling left goes in several steps. */
  private static long used() {
    long before;
    long now = Long.MAX_VALUE;
    do {
      before = now;
      System.gc();
      now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    } while (now < before - 10_000);
    return now;
  }

  /** The secondary result. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Heap {

    /** Heap of a loaded policy, its byte code shared. */
    public long kibibytesOfAPolicy;
  }
}
