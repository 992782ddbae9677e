package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of a route in which primary and canary both appear. Rules that pin clients to a side
 * come first, so the last of them tells the real split.
 *
 * @param backendsField the rule's list of backends
 * @param nameField where a backend has its name, below the backend
 * @param mirrors whether a rule mirrors to the canary
 */
record WeightedRules(
    String backendsField,
    List<String> nameField,
    int defaultWeight,
    String primary,
    String canary,
    Predicate<JsonNode> mirrors) {

  WeightedRules {
    nameField = List.copyOf(nameField);
  }

  static WeightedRules of(
      Canary canary,
      String backendsField,
      List<String> nameField,
      int defaultWeight,
      Predicate<JsonNode> mirrors) {
    return new WeightedRules(
        backendsField,
        nameField,
        defaultWeight,
        canary.primaryServiceName(),
        canary.canaryServiceName(),
        mirrors);
  }

  /** Whether any rule is one of these. */
  boolean isIn(JsonNode rules) {
    return last(rules) >= 0;
  }

  /**
   * The split that they carry.
   *
   * @param what the object, for messages
   */
  Observed read(JsonNode rules, String what) {
    int last = last(rules);
    if (last < 0) {
      return new Observed.Malformed(
          "%s has no rule with both %s and %s; it is written anew"
              .formatted(what, primary, canary));
    }
    JsonNode rule = rules.path(last);
    long toPrimary = weight(backend(rule, primary));
    long toCanary = weight(backend(rule, canary));
    if (toPrimary < 0 || toCanary < 0 || toPrimary + toCanary == 0) {
      return new Observed.Malformed(
          "%s has weights %s and %s; they must be whole numbers above 0 in all; they are written anew"
              .formatted(
                  what,
                  backend(rule, primary).path("weight"),
                  backend(rule, canary).path("weight")));
    }
    return new Observed.Routed(split(toPrimary, toCanary, mirrors.test(rule)));
  }

  /**
   * The wanted rules, the last of these laid over the observed one, so that fields survive in it
   * that Serin does not know.
   */
  List<JsonNode> onto(
      JsonNode observed,
      List<ObjectNode> wanted,
      BiFunction<JsonNode, ObjectNode, ? extends JsonNode> overlay) {
    int before = last(observed);
    int now = last(Json.array(wanted));
    List<JsonNode> rules = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      boolean keep = i == now && before >= 0;
      JsonNode base = keep ? observed.path(before) : MissingNode.getInstance();
      rules.add(overlay.apply(base, wanted.get(i)));
    }
    return rules;
  }

  /** Sends everything to the primary in every rule, in place. */
  void withdraw(JsonNode rules) {
    for (JsonNode rule : rules) {
      if (hasBoth(rule)) {
        setWeight(backend(rule, primary), Names.TOTAL_WEIGHT);
        setWeight(backend(rule, canary), 0);
      }
    }
  }

  private int last(JsonNode rules) {
    for (int i = rules.isArray() ? rules.size() - 1 : -1; i >= 0; i--) {
      if (hasBoth(rules.path(i))) {
        return i;
      }
    }
    return -1;
  }

  private boolean hasBoth(JsonNode rule) {
    return backend(rule, primary).isObject() && backend(rule, canary).isObject();
  }

  private JsonNode backend(JsonNode rule, String name) {
    for (JsonNode backend : rule.path(backendsField)) {
      if (name(backend).equals(name)) {
        return backend;
      }
    }
    return MissingNode.getInstance();
  }

  private String name(JsonNode backend) {
    JsonNode node = backend;
    for (String field : nameField) {
      node = node.path(field);
    }
    return node.stringValue("");
  }

  private long weight(JsonNode backend) {
    JsonNode weight = backend.path("weight");
    return weight.isMissingNode() ? defaultWeight : weight.longValue(-1);
  }

  private static Split split(long primary, long canary, boolean mirrored) {
    int share = (int) Math.round((double) Names.TOTAL_WEIGHT * canary / (primary + canary));
    return new Split(Names.TOTAL_WEIGHT - share, share, mirrored);
  }

  private static void setWeight(JsonNode backend, int weight) {
    if (backend instanceof ObjectNode object) {
      object.put("weight", weight);
    }
  }
}
