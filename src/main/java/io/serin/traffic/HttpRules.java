package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.Names;
import io.serin.api.ServiceSpec;
import io.serin.api.SessionAffinity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules of an HTTPRoute for one split. */
final class HttpRules {
  private final Canary canary;
  private final ServiceSpec service;
  private final HttpConditions conditions;
  private final Split split;
  private final boolean full;

  /**
   * @param full whether the version of the router knows timeouts and CORS
   */
  HttpRules(Canary canary, Split split, boolean full) {
    this.canary = canary;
    this.service = canary.spec().service();
    this.conditions = new HttpConditions(canary);
    this.split = split;
    this.full = full;
  }

  /** In their order: rules that pin a client to a side, then the weighted one. */
  List<ObjectNode> toTrees() {
    return rules().stream().flatMap(rule -> onePerPrefix(rule).stream()).map(this::tree).toList();
  }

  private List<Rule> rules() {
    if (!canary.analysis().match().isEmpty()) {
      return abTest();
    }
    SessionAffinity affinity = canary.analysis().sessionAffinity();
    if (affinity == null) {
      return List.of(weighted());
    }
    return split.canary() == 0 ? forgetful(affinity) : sticky(affinity);
  }

  private List<Rule> abTest() {
    return List.of(
        new Rule(conditions.audience(), mirrored(filters()), both(split.primary(), split.canary())),
        new Rule(
            conditions.service(),
            filters(),
            List.of(backend(canary.primaryServiceName(), Names.TOTAL_WEIGHT))));
  }

  private Rule weighted() {
    return new Rule(
        conditions.service(), mirrored(filters()), both(split.primary(), split.canary()));
  }

  /** Outside a run: clients that still hold the last run's cookie are told to forget it. */
  private List<Rule> forgetful(SessionAffinity affinity) {
    String previous = canary.status().previousSessionAffinityCookie();
    if (!SessionCookie.isPair(previous)) {
      return List.of(weighted());
    }
    SessionCookie cookie = SessionCookie.of(previous);
    List<ObjectNode> filters = HttpFilters.withCookie(service, full, cookie.delete(affinity));
    Rule forget =
        new Rule(conditions.with(cookie), mirrored(filters), both(split.primary(), split.canary()));
    return List.of(forget, weighted());
  }

  private List<Rule> sticky(SessionAffinity affinity) {
    CanaryStatus status = canary.status();
    List<Rule> rules = new ArrayList<>();
    ObjectNode toPrimary = backend(canary.primaryServiceName(), split.primary());
    ObjectNode toCanary = backend(canary.canaryServiceName(), split.canary());
    if (SessionCookie.isPair(status.sessionAffinityCookie())) {
      SessionCookie cookie = SessionCookie.of(status.sessionAffinityCookie());
      rules.add(pinned(cookie, 0, Names.TOTAL_WEIGHT));
      hand(toCanary, cookie.set(affinity));
    }
    if (SessionCookie.isPair(status.primarySessionAffinityCookie(), affinity.primaryCookieName())) {
      SessionCookie cookie = SessionCookie.of(status.primarySessionAffinityCookie());
      rules.add(pinned(cookie, Names.TOTAL_WEIGHT, 0));
      hand(toPrimary, cookie.setFor(canary.analysis().interval(), affinity));
    }
    rules.add(new Rule(conditions.service(), mirrored(filters()), List.of(toPrimary, toCanary)));
    return rules;
  }

  private Rule pinned(SessionCookie cookie, int primary, int onCanary) {
    return new Rule(conditions.with(cookie), filters(), both(primary, onCanary));
  }

  private static void hand(ObjectNode backend, String setCookie) {
    backend.set("filters", Json.array(List.of(HttpFilters.setCookie(setCookie))));
  }

  private List<ObjectNode> filters() {
    return HttpFilters.of(service, full);
  }

  private List<ObjectNode> mirrored(List<ObjectNode> filters) {
    if (split.mirrored()) {
      filters.add(HttpFilters.mirrorTo(canary));
    }
    return filters;
  }

  private List<ObjectNode> both(int primary, int onCanary) {
    return List.of(
        backend(canary.primaryServiceName(), primary),
        backend(canary.canaryServiceName(), onCanary));
  }

  private ObjectNode backend(String name, int weight) {
    ObjectNode backend = Json.object().put("group", "").put("kind", "Service").put("name", name);
    return backend.put("port", service.port()).put("weight", weight).putNull("filters");
  }

  private List<Rule> onePerPrefix(Rule rule) {
    if (!HttpFilters.replacesPrefix(service) || rule.conditions().size() == 1) {
      return List.of(rule);
    }
    return rule.conditions().stream()
        .map(condition -> new Rule(List.of(condition), rule.filters(), rule.backends()))
        .toList();
  }

  private ObjectNode tree(Rule rule) {
    ObjectNode tree = Json.object();
    tree.set("matches", Json.array(rule.conditions().stream().map(HttpCondition::toTree).toList()));
    tree.set("filters", Json.arrayOrNull(rule.filters()));
    if (full) {
      tree.set("timeouts", timeouts());
    }
    tree.set("backendRefs", Json.array(rule.backends()));
    return tree;
  }

  private JsonNode timeouts() {
    if (service.timeout().isEmpty() && service.backendTimeout().isEmpty()) {
      return Json.textOrNull("");
    }
    ObjectNode timeouts = Json.object();
    timeouts.set("request", Json.textOrNull(service.timeout()));
    timeouts.set("backendRequest", Json.textOrNull(service.backendTimeout()));
    return timeouts;
  }

  private record Rule(
      List<HttpCondition> conditions, List<ObjectNode> filters, List<ObjectNode> backends) {}
}
