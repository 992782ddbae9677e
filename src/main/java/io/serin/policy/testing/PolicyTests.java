package io.serin.policy.testing;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.Probe;
import io.serin.policy.Ask;
import io.serin.policy.Decision;
import io.serin.policy.EvidenceSource;
import io.serin.policy.Memory;
import io.serin.policy.Packs;
import io.serin.policy.Policy;
import io.serin.policy.PolicySource;
import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** {@code serin test}: runs the cases beside a policy. */
public final class PolicyTests {

  private final Policy policy;
  private final Coverage coverage;

  private PolicyTests(Policy policy, List<Rule> covered) {
    this.policy = policy;
    this.coverage = new Coverage(covered);
  }

  /**
   * Compiles the policy of a directory and runs every {@code *_test.yaml} in it; the coverage is
   * that of its own rules, not of those that it builds on.
   *
   * @throws io.serin.policy.PolicyException when the policy cannot be used
   */
  public static TestReport run(Path directory, Options options) {
    return run(PolicySource.of(directory), directory, options);
  }

  /**
   * The same for a policy that is put together already.
   *
   * @throws io.serin.policy.PolicyException when it cannot be used
   */
  public static TestReport run(PolicySource source, Path directory, Options options) {
    return run(Policy.of(source), directory, options, ownRules(source));
  }

  /**
   * Compiles the policy of a namespace and runs every {@code *_test.yaml} of a directory against
   * another one that it joins; the coverage is that of its own rules.
   *
   * @throws io.serin.policy.PolicyException when it cannot be used
   */
  public static TestReport beside(
      Policy cluster, PolicySource own, Path directory, Options options) {
    Policy joined = cluster.joinedBy(List.of(Policy.of(own)));
    return run(joined, directory, options, ownRules(own));
  }

  /** Runs every {@code *_test.yaml} of a directory against a loaded policy. */
  public static TestReport run(Policy policy, Path directory, Options options) {
    return run(policy, directory, options, rules(policy.source(), _ -> true));
  }

  /**
   * Runs the cases of a pack against a policy that took it in; the coverage is that of the pack's
   * own rules.
   */
  public static TestReport ofPack(Policy policy, String pack, Path directory, Options options) {
    String file = Packs.file(pack);
    return run(
        policy, directory, options, rules(policy.source(), rule -> rule.file().equals(file)));
  }

  /**
   * Runs cases that stand in no directory against a loaded policy; they cannot name recordings.
   *
   * @param tests text by file name
   */
  public static TestReport run(Policy policy, Map<String, String> tests) {
    CaseReader reader = new CaseReader(Recordings.NONE);
    new TreeMap<>(tests).forEach(reader::read);
    return run(policy, reader, Options.DEFAULT, ownRules(policy.source()));
  }

  private static List<Rule> rules(PolicySource source, Predicate<Rule> which) {
    return Profile.read(source).rules().stream().filter(which).toList();
  }

  private static List<Rule> ownRules(PolicySource source) {
    return rules(source, rule -> source.isOwn(rule.file()));
  }

  private static TestReport run(
      Policy policy, Path directory, Options options, List<Rule> covered) {
    CaseReader reader = new CaseReader(options.recordings());
    reader.read(directory);
    return run(policy, reader, options, covered);
  }

  private static TestReport run(
      Policy policy, CaseReader reader, Options options, List<Rule> covered) {
    PolicyTests tests = new PolicyTests(policy, covered);
    List<CaseResult> results = new ArrayList<>(reader.broken());
    reader.cases().forEach(c -> results.add(tests.run(c)));
    return new TestReport(policy.digest(), results, tests.coverage.report(), options.failUnder());
  }

  private CaseResult run(TestCase one) {
    long start = System.nanoTime();
    List<String> problems = new ArrayList<>();
    Decision last = null;
    int number = 0;
    for (TestCase.Tick tick : one.ticks()) {
      last = decide(tick);
      if (++number == one.expected().by()) {
        problems.addAll(one.expected().problems(last));
      }
    }
    if (last == null) {
      problems.add("the recording holds no ticks");
    } else if (one.expected().by() == 0) {
      problems.addAll(one.expected().problems(last));
    } else if (one.expected().by() > number) {
      problems.add("the recording ends with tick " + number);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new CaseResult(one.file(), one.name(), problems, last, took);
  }

  private Decision decide(TestCase.Tick tick) {
    Facts facts = policy.fit(tick.facts());
    coverage.looked(Memory.asking(facts, Evidence.NONE), true);
    Answers answers = new Answers(tick.evidence());
    Decision decision =
        policy.decide(
            facts,
            asks -> {
              Evidence fresh = answers.gather(asks);
              coverage.looked(Memory.asking(facts, answers.given), true);
              return fresh;
            });
    coverage.looked(Memory.proposing(facts, decision.evidence()), false);
    decision.asked().forEach(a -> coverage.fired(a.rule()));
    decision.proposals().forEach(p -> coverage.fired(p.rule()));
    return decision;
  }

  /**
   * How to run.
   *
   * @param recordings reads recordings that cases name
   * @param failUnder percent of rules and of conditions that must be covered; 0 for none
   */
  public record Options(Recordings recordings, int failUnder) {
    /** No recordings, no demand on coverage. */
    public static final Options DEFAULT = new Options(Recordings.NONE, 0);
  }

  /** Answers from the case; what it says nothing about goes well. */
  private static final class Answers implements EvidenceSource {

    private final Evidence written;
    private Evidence given = Evidence.NONE;

    Answers(Evidence written) {
      this.written = written;
    }

    @Override
    public Evidence gather(List<Ask> asks) {
      List<Gate> gates = new ArrayList<>();
      List<Metric> metrics = new ArrayList<>();
      Probe probe = null;
      for (Ask ask : asks) {
        switch (ask) {
          case Ask.Call c -> gates.add(gate(c));
          case Ask.Measure m -> metrics.add(metric(m));
          case Ask.ProbeProviders p ->
              probe = written.probe() != null ? written.probe() : new Probe(true, "");
        }
      }
      Evidence fresh = new Evidence(gates, metrics, probe);
      given = given.and(fresh);
      return fresh;
    }

    private Gate gate(Ask.Call call) {
      return written.gates().stream()
          .filter(g -> g.name().equals(call.hook().name()))
          .findFirst()
          .map(
              g ->
                  new Gate(
                      g.name(),
                      call.hook().type(),
                      call.hook().order(),
                      g.open(),
                      g.muteAlert(),
                      g.answer()))
          .orElseGet(() -> FactReader.answer(call.hook()));
    }

    private static Metric placed(Metric m, int order) {
      return new Metric(m.name(), order, m.outcome(), m.value(), m.min(), m.max(), m.message());
    }

    private Metric metric(Ask.Measure measure) {
      return written.metrics().stream()
          .filter(m -> m.name().equals(measure.check().name()))
          .findFirst()
          .map(m -> placed(m, measure.check().order()))
          .orElseGet(() -> FactReader.measurement(measure.check()));
    }
  }
}
