package io.serin.policy;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drools.model.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded policy. Thread-safe; holds no state between decisions.
 *
 * <p>A decision has two parts. First the rules that <em>ask</em> fire, and the answers are added,
 * until nothing more is asked. Then the rules that <em>propose</em> fire once, over all facts and
 * all evidence, so that no proposal can rest on something that a later answer has made untrue.
 */
public final class Policy {

  private static final Logger log = LoggerFactory.getLogger(Policy.class);

  private final PolicySource source;
  private final String digest;
  private final List<RuleInfo> rules;
  private final Engine engine;
  private final Limits limits;
  private final boolean traced;

  private Policy(
      PolicySource source,
      String digest,
      List<RuleInfo> rules,
      Engine engine,
      Limits limits,
      boolean traced) {
    this.source = source;
    this.digest = digest;
    this.rules = rules;
    this.engine = engine;
    this.limits = limits;
    this.traced = traced;
  }

  /**
   * Compiles and loads in one go; for tests and commands.
   *
   * @throws PolicyException when the policy cannot be used
   */
  public static Policy of(PolicySource source) {
    return load(PolicyCompiler.compile(source));
  }

  /**
   * Loads a compiled policy.
   *
   * @throws PolicyException when its classes want something that rules may not have
   */
  public static Policy load(CompiledPolicy compiled) {
    return load(compiled, Limits.DEFAULT);
  }

  /**
   * Loads a compiled policy with limits of its own.
   *
   * @throws PolicyException when its classes want something that rules may not have
   */
  public static Policy load(CompiledPolicy compiled, Limits limits) {
    RuleByteCode.check(compiled.classes());
    Model model = model(new RuleClassLoader(compiled.classes()));
    Set<String> asks =
        compiled.rules().stream()
            .filter(RuleInfo::asks)
            .map(RuleInfo::name)
            .collect(Collectors.toSet());
    return new Policy(
        compiled.source(),
        compiled.digest(),
        compiled.rules(),
        new Engine(Network.of(model, asks), compiled.rules()),
        limits,
        true);
  }

  /**
   * The same policy without the trace: its proposals do not say which facts made them. For replays,
   * which look at verdicts.
   */
  public Policy untraced() {
    return new Policy(source, digest, rules, engine, limits, false);
  }

  /** Content digest of the policy's files. */
  public String digest() {
    return digest;
  }

  /** What it was compiled from. */
  public PolicySource source() {
    return source;
  }

  /** The rules in the order of the files. */
  public List<RuleInfo> rules() {
    return rules;
  }

  /**
   * Decides one tick. Never throws: a policy that fails or proposes nothing decides to hold, and
   * says so.
   */
  public Decision decide(Facts facts, EvidenceSource source) {
    List<Asked> asked = new ArrayList<>();
    Evidence evidence = Evidence.NONE;
    try (Session session = engine.open(limits.budget(), traced)) {
      facts.all().forEach(session::insert);
      evidence = gather(session, source, asked);
      List<Proposal> proposals = Resolution.byCaution(session.propose(evidence));
      if (proposals.isEmpty()) {
        return trouble("no rule of the policy proposes anything for this state", asked, evidence);
      }
      return new Decision(proposals.getFirst(), proposals, asked, evidence, digest, null);
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).addKeyValue("policy", digest).log("policy failed");
      return trouble("policy " + digest + " failed: " + e, asked, evidence);
    }
  }

  private Evidence gather(Session session, EvidenceSource source, List<Asked> asked) {
    Map<Ask, Asked> known = new LinkedHashMap<>();
    Evidence evidence = Evidence.NONE;
    for (int round = 0; round < limits.rounds(); round++) {
      List<Ask> fresh = new ArrayList<>();
      for (Asked one : session.ask()) {
        if (known.putIfAbsent(one.ask(), one) == null) {
          asked.add(one);
          fresh.add(one.ask());
        }
      }
      if (fresh.isEmpty()) {
        return evidence;
      }
      Evidence answers = source.gather(fresh);
      answers.all().forEach(session::insert);
      evidence = evidence.and(answers);
    }
    throw new IllegalStateException(
        "still asking after " + limits.rounds() + " rounds of evidence");
  }

  private Decision trouble(String what, List<Asked> asked, Evidence evidence) {
    Proposal hold =
        new Proposal("a policy that cannot decide holds", new Verdict.Hold(what), List.of());
    return new Decision(hold, List.of(hold), asked, evidence, digest, what);
  }

  private static Model model(RuleClassLoader loader) {
    for (String name : loader.names()) {
      try {
        Class<?> type = loader.loadClass(name);
        if (Model.class.isAssignableFrom(type)) {
          return (Model) type.getDeclaredConstructor().newInstance();
        }
      } catch (ReflectiveOperationException | LinkageError e) {
        throw new PolicyException(
            List.of("policy class " + name + " cannot be loaded: " + root(e)));
      }
    }
    throw new PolicyException(List.of("the policy holds no rules; add at least one"));
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }
}
