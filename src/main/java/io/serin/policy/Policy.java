package io.serin.policy;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private final Settings settings;
  private final Engine engine;
  private final Limits limits;
  private final boolean traced;

  /** Policies that may only add caution: their proposals join those of this one. */
  private final List<Policy> cautions;

  private Policy(
      PolicySource source,
      String digest,
      List<RuleInfo> rules,
      Engine engine,
      Limits limits,
      boolean traced,
      List<Policy> cautions) {
    this.source = source;
    this.digest = digest;
    this.rules = rules;
    this.settings = cautions.stream().map(p -> p.settings).reduce(source.settings(), Settings::and);
    this.engine = engine;
    this.limits = limits;
    this.traced = traced;
    this.cautions = cautions;
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
        true,
        List.of());
  }

  /** Sessions that are there for decisions of now and later. */
  int sessions() {
    return engine.sessions();
  }

  /**
   * The same policy without the trace: its proposals do not say which facts made them. For replays,
   * which look at verdicts.
   */
  public Policy untraced() {
    return with(false, cautions.stream().map(Policy::untraced).toList());
  }

  /**
   * This policy joined by others that propose beside it, over the same evidence. Since the most
   * careful proposal wins, they can only add caution, provided that all they say is careful: {@link
   * NamespacePolicies} sees to that. Their settings do not replace those of this policy.
   */
  public Policy joinedBy(List<Policy> others) {
    List<Policy> all = new ArrayList<>(cautions);
    all.addAll(others);
    return others.isEmpty() ? this : with(traced, List.copyOf(all));
  }

  private Policy with(boolean trace, List<Policy> joining) {
    return new Policy(source, digest, rules, engine, limits, trace, joining);
  }

  /** This policy alone, then those that joined it. */
  public List<Policy> parts() {
    if (cautions.isEmpty()) {
      return List.of(this);
    }
    List<Policy> parts = new ArrayList<>();
    parts.add(with(traced, List.of()));
    parts.addAll(cautions);
    return List.copyOf(parts);
  }

  /** Content digest of the policy's files and settings; of one that was joined, of each part. */
  public String digest() {
    return cautions.isEmpty()
        ? digest
        : digest + "+" + cautions.stream().map(p -> p.digest).collect(Collectors.joining("+"));
  }

  /** What it was compiled from; what joined it has a source of its own. */
  public PolicySource source() {
    return source;
  }

  /** The facts as this policy sees them: with its settings. */
  public Facts fit(Facts facts) {
    return settings.fit(facts);
  }

  /** The rules in the order of the files; those of what joined it have a place of their own. */
  public List<RuleInfo> rules() {
    return rules;
  }

  /**
   * Decides one tick. Never throws: a policy that fails or proposes nothing decides to hold, and
   * says so.
   */
  public Decision decide(Facts observed, EvidenceSource source) {
    Facts facts = fit(observed);
    List<Asked> asked = new ArrayList<>();
    Evidence evidence = Evidence.NONE;
    try (Session session = engine.open(limits.budget(), traced, facts)) {
      evidence = gather(session, source, asked);
      List<Proposal> own = session.propose(evidence);
      if (own.isEmpty()) {
        String what = "no rule of the policy proposes anything for this state";
        return trouble(what, facts, asked, evidence);
      }
      List<Proposal> proposals = Resolution.byCaution(joined(own, facts, evidence));
      return new Decision(proposals.getFirst(), proposals, asked, facts, evidence, digest(), null);
    } catch (RuntimeException e) {
      return trouble(failed(e), facts, asked, evidence);
    }
  }

  private List<Proposal> joined(List<Proposal> own, Facts facts, Evidence evidence) {
    if (cautions.isEmpty()) {
      return own;
    }
    List<Proposal> all = new ArrayList<>(own);
    cautions.forEach(caution -> all.addAll(caution.proposeOrHold(facts, evidence)));
    return all;
  }

  /** One that fails adds a hold and nothing more: the others' rollback must still win. */
  private List<Proposal> proposeOrHold(Facts facts, Evidence evidence) {
    try (Session session = engine.open(limits.budget(), traced, facts)) {
      evidence.all().forEach(session::add);
      return List.copyOf(session.propose(evidence));
    } catch (RuntimeException e) {
      return List.of(hold(failed(e)));
    }
  }

  private String failed(RuntimeException e) {
    log.atWarn().setCause(e).addKeyValue("policy", digest).log("policy failed");
    return "policy " + digest + " failed: " + e;
  }

  private Evidence gather(Session session, EvidenceSource source, List<Asked> asked) {
    Set<Ask> known = new HashSet<>();
    Evidence evidence = Evidence.NONE;
    int heard = 0;
    for (int round = 0; round < limits.rounds(); round++) {
      List<Ask> fresh = new ArrayList<>();
      List<Asked> all = session.ask();
      for (Asked one : all.subList(heard, all.size())) {
        if (known.add(one.ask())) {
          asked.add(one);
          fresh.add(one.ask());
        }
      }
      heard = all.size();
      if (fresh.isEmpty()) {
        return evidence;
      }
      Evidence answers = source.gather(fresh);
      answers.all().forEach(session::add);
      evidence = evidence.and(answers);
    }
    throw new IllegalStateException(
        "still asking after " + limits.rounds() + " rounds of evidence");
  }

  private Decision trouble(String what, Facts facts, List<Asked> asked, Evidence evidence) {
    Proposal hold = hold(what);
    return new Decision(hold, List.of(hold), asked, facts, evidence, digest(), what);
  }

  private static Proposal hold(String what) {
    return new Proposal("a policy that cannot decide holds", new Verdict.Hold(what), List.of());
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
