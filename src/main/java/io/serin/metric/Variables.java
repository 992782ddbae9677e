package io.serin.metric;

import io.serin.api.Canary;
import io.serin.api.LocalRef;
import io.serin.api.MetricCheck;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query may name.
 *
 * @param names values by name: name, namespace, target, service, ingress, route and interval
 * @param own the check's {@code templateVariables}, reached as {@code variables.key}
 */
record Variables(Map<String, String> names, Map<String, String> own) {
  static final String OWN = "variables";

  Variables {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
  }

  /**
   * The variables of one check.
   *
   * @param revision the latest revision of a Knative Service, which takes the place of the route;
   *     empty for others
   */
  static Variables of(Canary canary, MetricCheck check, String revision) {
    String target = canary.targetName();
    Map<String, String> names = new LinkedHashMap<>();
    names.put("name", canary.name());
    names.put("namespace", canary.namespace());
    names.put("target", target);
    names.put("service", canary.apexName());
    names.put("ingress", nameOr(canary.spec().ingressRef(), target));
    names.put("route", revision.isEmpty() ? nameOr(canary.spec().routeRef(), target) : revision);
    names.put("interval", check.interval());
    return new Variables(names, check.templateVariables());
  }

  String get(String name) {
    return names.getOrDefault(name, "");
  }

  private static String nameOr(@Nullable LocalRef ref, String otherwise) {
    return ref == null || ref.name().isEmpty() ? otherwise : ref.name();
  }
}
