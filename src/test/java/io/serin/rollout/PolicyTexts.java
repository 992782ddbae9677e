package io.serin.rollout;

import io.serin.api.KubeObject;
import tools.jackson.databind.node.ObjectNode;

/** Texts of policies, and the objects that hold them. */
final class PolicyTexts {

  private PolicyTexts() {}

  /** A policy with one rule that holds what is at rest or under analysis. */
  static String rule(String reason) {
    return rule("phase == Phase.INITIALIZED || analysing", reason);
  }

  static String rule(String condition, String reason) {
    return """
    rule "the shop waits"
    when
        Rollout( %s )
    then
        decide.hold( "%s" );
    end
    """
        .formatted(condition, reason);
  }

  static String entry(String file, String text) {
    return "%s: |\n%s".formatted(file, text.indent(2));
  }

  static String files(String drl) {
    return "files:\n" + entry("own.drl", drl).indent(2);
  }

  static String selecting(LiveNamespace shop) {
    return "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}\n"
        .formatted(shop.namespace);
  }

  /** A cluster policy for that namespace, with its name. */
  static KubeObject policy(LiveNamespace shop, String drl) {
    return policy(shop, shop.namespace, drl);
  }

  static KubeObject policy(LiveNamespace shop, String name, String drl) {
    return PolicyObjects.cluster(name, "base: default\n" + selecting(shop) + files(drl));
  }

  static KubeObject tested(KubeObject policy, String verdict) {
    String test =
        """
        cases:
        - {name: it waits, facts: {rollout: {phase: Initialized}}, expect: %s}
        """
            .formatted(verdict);
    return policy.with(
        tree -> tree.withObject("spec").putObject("tests").put("own_test.yaml", test));
  }

  static KubeObject in(String mode, KubeObject policy) {
    return policy.with(tree -> tree.withObject("spec").put("mode", mode));
  }

  static void unlabelled(ObjectNode tree) {
    ((ObjectNode) tree.get("metadata")).remove("labels");
  }
}
