package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.GoDuration;
import io.serin.api.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What the Gateway API would refuse of a Canary's spec, or cannot express. */
final class HttpRouteProblems {
  /**
   * The duration format of <a href="https://gateway-api.sigs.k8s.io/geps/gep-2257/">GEP-2257</a>.
   */
  private static final Pattern DURATION = Pattern.compile("(\\d{1,5}(h|m|s|ms)){1,4}");

  private static final int MOST_RULES = 16;
  private static final int MOST_MATCHES = 64;

  private HttpRouteProblems() {}

  static List<String> find(Canary canary, boolean full) {
    ServiceSpec service = canary.spec().service();
    List<String> problems = new ArrayList<>();
    if (service.gatewayRefs().isEmpty()) {
      problems.add(
          "spec.service.gatewayRefs is empty; write the Gateway that the route belongs to");
    }
    HttpConditions conditions = new HttpConditions(canary);
    problems.addAll(conditions.problems());
    if (full) {
      timeouts(service, problems);
    }
    prefixes(service, conditions, problems);
    limits(new HttpRules(canary, Split.PRIMARY, full).toTrees(), problems);
    return List.copyOf(problems);
  }

  private static void timeouts(ServiceSpec service, List<String> problems) {
    duration("timeout", service.timeout(), problems);
    duration("backendTimeout", service.backendTimeout(), problems);
    Duration whole = GoDuration.tryParse(service.timeout()).orElse(Duration.ZERO);
    Duration part = GoDuration.tryParse(service.backendTimeout()).orElse(Duration.ZERO);
    if (!whole.isZero() && part.compareTo(whole) > 0) {
      problems.add(
          "spec.service.backendTimeout is %s, longer than timeout %s; write at most that"
              .formatted(service.backendTimeout(), service.timeout()));
    }
  }

  private static void duration(String field, String text, List<String> problems) {
    if (!text.isEmpty() && !DURATION.matcher(text).matches()) {
      problems.add(
          "spec.service.%s is \"%s\", which the Gateway API refuses; write for example 5s or 1m30s"
              .formatted(field, text));
    }
  }

  private static void prefixes(
      ServiceSpec service, HttpConditions conditions, List<String> problems) {
    if (HttpFilters.replacesPrefix(service)
        && !conditions.service().stream().allMatch(HttpCondition::isPathPrefix)) {
      problems.add(
          "spec.service.rewrite.type is ReplacePrefixMatch, but a uri in spec.service.match is no"
              + " prefix; write prefix there or ReplaceFullPath here");
    }
  }

  private static void limits(List<ObjectNode> rules, List<String> problems) {
    if (rules.size() > MOST_RULES) {
      problems.add(
          "the matches make %d rules, an HTTPRoute holds %d; write fewer matches"
              .formatted(rules.size(), MOST_RULES));
    }
    int most = rules.stream().mapToInt(rule -> rule.path("matches").size()).max().orElse(0);
    if (most > MOST_MATCHES) {
      problems.add(
          "service.match times analysis.match makes %d matches, a rule holds %d; write fewer"
              .formatted(most, MOST_MATCHES));
    }
  }
}
