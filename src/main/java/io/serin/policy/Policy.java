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
import java.util.stream.Stream;
import org.drools.model.Model;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionsPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded policy. Thread-safe; holds no state between decisions.
 *
 * <p>A decision has two parts. The rules that <em>ask</em> fire in one session, to which the
 * answers are added until nothing more is asked. Then the rules that <em>propose</em> fire once, in
 * a session of their own, over all facts and all evidence, so that no proposal can rest on
 * something that a later answer has made untrue.
 */
public final class Policy {

  private static final Logger log = LoggerFactory.getLogger(Policy.class);

  /** Sessions that a pool begins with; it grows with the ticks that run at once. */
  private static final int POOLED = 1;

  private final PolicySource source;
  private final String digest;
  private final List<RuleInfo> rules;
  private final Settings settings;

  /** Policies that may only add caution: their proposals join those of this one. */
  private final List<Policy> cautions;

  /** Sessions are used again: making one costs more than the decision that it takes. */
  private final KieSessionsPool asking;

  private final KieSessionsPool proposing;
  private final Limits limits;

  private Policy(CompiledPolicy compiled, KieBase asking, KieBase proposing, Limits limits) {
    this.limits = limits;
    this.source = compiled.source();
    this.digest = compiled.digest();
    this.rules = compiled.rules();
    this.settings = compiled.source().settings();
    this.cautions = List.of();
    this.asking = asking.newKieSessionsPool(POOLED);
    this.proposing = proposing.newKieSessionsPool(POOLED);
  }

  private Policy(Policy main, List<Policy> added) {
    this.source = main.source;
    this.asking = main.asking;
    this.proposing = main.proposing;
    this.limits = main.limits;
    this.cautions = Stream.concat(main.cautions.stream(), added.stream()).toList();
    this.digest =
        Stream.concat(Stream.of(main), added.stream())
            .map(Policy::digest)
            .collect(Collectors.joining("+"));
    this.rules =
        Stream.concat(Stream.of(main), added.stream()).flatMap(p -> p.rules.stream()).toList();
    this.settings = added.stream().map(p -> p.settings).reduce(main.settings, Settings::and);
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
    return new Policy(compiled, base(model, asks, true), base(model, asks, false), limits);
  }

  /**
   * This policy joined by others that propose beside it, over the same evidence. Since the most
   * careful proposal wins, they can only add caution, provided that all they say is careful: {@link
   * NamespacePolicies} sees to that. Their settings do not replace those of this policy.
   */
  public Policy joinedBy(List<Policy> others) {
    return others.isEmpty() ? this : new Policy(this, others);
  }

  /** This policy alone, then those that joined it. */
  public List<Policy> parts() {
    return cautions.isEmpty()
        ? List.of(this)
        : Stream.concat(Stream.of(this), cautions.stream()).toList();
  }

  /** Content digest of the policy's files and settings; of one that was joined, of each part. */
  public String digest() {
    return digest;
  }

  /** What it was compiled from; what joined it has a source of its own. */
  public PolicySource source() {
    return source;
  }

  /** The facts as this policy sees them: with its settings. */
  public Facts fit(Facts facts) {
    return settings.fit(facts);
  }

  /** The rules in the order of the files. */
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
    try {
      Limits.Budget budget = limits.budget();
      evidence = gather(facts, source, asked, budget);
      List<Proposal> own = propose(facts, evidence, budget);
      if (own.isEmpty()) {
        String what = "no rule of the policy proposes anything for this state";
        return trouble(what, facts, asked, evidence);
      }
      List<Proposal> proposals = Resolution.byCaution(joined(own, facts, evidence));
      return new Decision(proposals.getFirst(), proposals, asked, facts, evidence, digest, null);
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).addKeyValue("policy", digest).log("policy failed");
      return trouble("policy " + digest + " failed: " + e, facts, asked, evidence);
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
    try {
      return propose(facts, evidence, limits.budget());
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).addKeyValue("policy", digest).log("policy failed");
      return List.of(hold("policy " + digest + " failed: " + e));
    }
  }

  private Evidence gather(
      Facts facts, EvidenceSource source, List<Asked> asked, Limits.Budget budget) {
    try (Session session = new Session(asking, budget)) {
      facts.all().forEach(session::insert);
      Map<Ask, Asked> known = new LinkedHashMap<>();
      Evidence evidence = Evidence.NONE;
      for (int round = 0; round < limits.rounds(); round++) {
        List<Ask> fresh = new ArrayList<>();
        for (Asked one : session.fire().asked()) {
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
  }

  private List<Proposal> propose(Facts facts, Evidence evidence, Limits.Budget budget) {
    try (Session session = new Session(proposing, budget)) {
      Memory.proposing(facts, evidence).forEach(session::insert);
      return session.fire().proposals();
    }
  }

  private Decision trouble(String what, Facts facts, List<Asked> asked, Evidence evidence) {
    Proposal hold = hold(what);
    return new Decision(hold, List.of(hold), asked, facts, evidence, digest, what);
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

  private static KieBase base(Model model, Set<String> asks, boolean asking) {
    ModelImpl part = new ModelImpl();
    model.getRules().stream()
        .filter(r -> asks.contains(r.getName()) == asking)
        .forEach(part::addRule);
    model.getGlobals().forEach(part::addGlobal);
    return KieBaseBuilder.createKieBaseFromModel(part);
  }

  /** One working memory and the verbs that its rules speak to. */
  private static final class Session implements AutoCloseable {

    private final KieSession session;
    private final Limits.Budget budget;
    private final Decide decide = new Decide();

    Session(KieSessionsPool pool, Limits.Budget budget) {
      this.budget = budget;
      session = pool.newKieSession();
      if (!session.getKieBase().getKiePackages().isEmpty()) {
        session.setGlobal("decide", decide);
      }
      session.addEventListener(new FiringListener(decide, budget));
    }

    void insert(Object fact) {
      budget.fact();
      session.insert(fact);
    }

    Decide fire() {
      budget.resume();
      session.fireAllRules();
      budget.pause();
      return decide;
    }

    @Override
    public void close() {
      session.dispose();
    }
  }
}
