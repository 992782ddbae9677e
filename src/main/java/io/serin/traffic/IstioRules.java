package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.Names;
import io.serin.api.ServiceSpec;
import io.serin.api.SessionAffinity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The rules of a VirtualService for one split. */
final class IstioRules {
  /** The gateway that stands for all sidecars. */
  static final String MESH = "mesh";

  private final Canary canary;
  private final ServiceSpec service;
  private final Split split;

  IstioRules(Canary canary, Split split) {
    this.canary = canary;
    this.service = canary.spec().service();
    this.split = split;
  }

  static boolean isTcp(Canary canary) {
    return canary.spec().service().appProtocol().equalsIgnoreCase("tcp");
  }

  /** The one rule for connections. */
  List<ObjectNode> tcp() {
    ObjectNode rule = Json.object();
    rule.set("match", Json.arrayOrNull(IstioMatches.ports(canary)));
    rule.set("route", Json.array(both(split.primary(), split.canary())));
    return List.of(rule);
  }

  /** In their order: rules that pin a client to a side, then the weighted one. */
  List<ObjectNode> http() {
    if (!canary.analysis().match().isEmpty()) {
      return abTest();
    }
    SessionAffinity affinity = canary.analysis().sessionAffinity();
    if (affinity == null) {
      return List.of(weighted());
    }
    return split.canary() == 0 ? forgetful(affinity) : sticky(affinity);
  }

  private List<ObjectNode> abTest() {
    return List.of(
        mirrored(rule(IstioMatches.audience(canary), both(split.primary(), split.canary()))),
        rule(
            IstioMatches.service(canary),
            List.of(destination(canary.primaryServiceName(), Names.TOTAL_WEIGHT))));
  }

  private ObjectNode weighted() {
    return mirrored(rule(IstioMatches.service(canary), both(split.primary(), split.canary())));
  }

  /** Outside a run: clients that still hold the last run's cookie are told to forget it. */
  private List<ObjectNode> forgetful(SessionAffinity affinity) {
    String previous = canary.status().previousSessionAffinityCookie();
    if (!SessionCookie.isPair(previous)) {
      return List.of(weighted());
    }
    SessionCookie cookie = SessionCookie.of(previous);
    ObjectNode forget = weighted();
    forget.set("match", Json.array(IstioMatches.with(cookie, canary)));
    forget.set("headers", IstioFields.headers(service, cookie.delete(affinity)));
    return List.of(forget, weighted());
  }

  private List<ObjectNode> sticky(SessionAffinity affinity) {
    CanaryStatus status = canary.status();
    List<ObjectNode> rules = new ArrayList<>();
    ObjectNode toPrimary = destination(canary.primaryServiceName(), split.primary());
    ObjectNode toCanary = destination(canary.canaryServiceName(), split.canary());
    if (SessionCookie.isPair(status.sessionAffinityCookie())) {
      SessionCookie cookie = SessionCookie.of(status.sessionAffinityCookie());
      rules.add(pinned(cookie, 0, Names.TOTAL_WEIGHT));
      toCanary.set("headers", IstioFields.responseCookie(cookie.set(affinity)));
    }
    if (SessionCookie.isPair(status.primarySessionAffinityCookie(), affinity.primaryCookieName())) {
      SessionCookie cookie = SessionCookie.of(status.primarySessionAffinityCookie());
      rules.add(pinned(cookie, Names.TOTAL_WEIGHT, 0));
      String handed = cookie.setFor(canary.analysis().interval(), affinity);
      toPrimary.set("headers", IstioFields.responseCookie(handed));
    }
    rules.add(mirrored(rule(IstioMatches.service(canary), List.of(toPrimary, toCanary))));
    return rules;
  }

  private ObjectNode pinned(SessionCookie cookie, int primary, int onCanary) {
    return rule(IstioMatches.with(cookie, canary), both(primary, onCanary));
  }

  private ObjectNode rule(List<ObjectNode> matches, List<ObjectNode> destinations) {
    ObjectNode rule = IstioFields.rule(service);
    rule.set("match", Json.arrayOrNull(matches));
    rule.set("route", Json.array(destinations));
    return rule;
  }

  private ObjectNode mirrored(ObjectNode rule) {
    if (split.mirrored()) {
      rule.set("mirror", host(canary.canaryServiceName()));
      int percent = canary.analysis().mirrorWeight();
      if (percent > 0) {
        rule.putObject("mirrorPercentage").put("value", Math.min(percent, Names.TOTAL_WEIGHT));
      }
    }
    return rule;
  }

  private List<ObjectNode> both(int primary, int onCanary) {
    return List.of(
        destination(canary.primaryServiceName(), primary),
        destination(canary.canaryServiceName(), onCanary));
  }

  private ObjectNode destination(String name, int weight) {
    ObjectNode destination = Json.object();
    destination.set("destination", host(name));
    return destination.put("weight", weight);
  }

  private ObjectNode host(String name) {
    ObjectNode host = Json.object().put("host", name);
    if (namesPort()) {
      host.putObject("port").put("number", service.port());
    }
    return host;
  }

  /** A Service with discovered ports has several; behind a gateway Istio must be told which. */
  private boolean namesPort() {
    boolean gateway = !service.gateways().isEmpty() && !service.gateways().getFirst().equals(MESH);
    return service.portDiscovery() && (gateway || service.delegation());
  }
}
