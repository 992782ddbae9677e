package io.serin.policy.catalog;

import io.serin.api.Finding;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.policy.DrlFile;
import io.serin.policy.Policy;
import io.serin.policy.PolicyException;
import io.serin.policy.PolicyFolder;
import io.serin.policy.PolicySource;
import io.serin.policy.catalog.PolicyKey.Origin;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A catalog whose compilations wait to be run, of small policies that are compiled once. */
final class Shelf implements InstantSource, World {

  static final Policy DEFAULT = policy("default");
  static final Policy ONE = policy("one");
  static final Policy OTHER = policy("other");
  static final Policy CAREFUL = policy("careful");

  /** A version whose rules are refused. */
  static final String BROKEN = "broken";

  private static final Map<String, Policy> POLICIES =
      Map.of("one", ONE, "other", OTHER, "careful", CAREFUL);

  final Queue<Runnable> compilations = new ArrayDeque<>();
  final List<String> loaded = new ArrayList<>();
  final Map<PolicyKey, PolicyDefinition> kept = new HashMap<>();
  final Map<ObjectRef, KubeObject> objects = new HashMap<>();
  final List<ObjectRef> read = new ArrayList<>();
  final Catalog catalog;
  Instant now = Instant.parse("2026-03-02T10:00:00Z");
  boolean complete = true;

  Shelf() {
    catalog =
        new Catalog(
            DEFAULT,
            this::load,
            key -> Optional.ofNullable(kept.get(key)),
            compilations::add,
            () -> complete,
            this);
  }

  private Policy load(PolicyDefinition definition) {
    String wanted = definition.spec().files().keySet().iterator().next();
    loaded.add(wanted);
    Policy policy = POLICIES.get(wanted);
    if (policy == null) {
      throw new PolicyException(List.of(wanted + ".drl:1: refused"));
    }
    return policy;
  }

  private static Policy policy(String name) {
    String drl = "rule \"" + name + "\" when Rollout() then decide.hold( \"" + name + "\" ); end";
    return Policy.of(new PolicySource(List.of(new DrlFile("rules.drl", drl))));
  }

  /** A cluster policy in the resource of that name, with the rules of that name. */
  static PolicyDefinition cluster(String name, String rules, String manifest) {
    return definition(new PolicyKey(Origin.RESOURCE, "", name), rules, manifest);
  }

  static PolicyDefinition cluster(String name, String rules) {
    return cluster(name, rules, "");
  }

  static PolicyDefinition namespaced(String namespace, String name, String rules, String manifest) {
    return definition(new PolicyKey(Origin.RESOURCE, namespace, name), rules, manifest);
  }

  static PolicyDefinition definition(PolicyKey key, String rules, String manifest) {
    List<Finding> findings = new ArrayList<>();
    var spec = PolicyFolder.of(Map.of(PolicyFolder.MANIFEST, manifest), findings);
    return new PolicyDefinition(
        key, spec.with(Map.of(rules, ""), Map.of()), List.of(), rules.hashCode());
  }

  /** Offers and compiles one after the other. */
  Shelf with(PolicyDefinition... definitions) {
    for (PolicyDefinition definition : definitions) {
      catalog.offer(definition);
      compile();
    }
    return this;
  }

  void compile() {
    for (Runnable next = compilations.poll(); next != null; next = compilations.poll()) {
      next.run();
    }
  }

  PolicyState state(PolicyDefinition definition) {
    return catalog.states().stream()
        .filter(state -> state.key().equals(definition.key()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    read.add(ref);
    return objects.get(ref);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return List.of();
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return true;
  }
}
