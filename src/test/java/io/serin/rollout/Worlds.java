package io.serin.rollout;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.traffic.Router;
import io.serin.traffic.Routers;
import io.serin.traffic.Split;
import io.serin.traffic.TrafficOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What people do to the objects of a scenario behind the controller's back. */
final class Worlds {

  private Worlds() {}

  /** Writes the ConfigMap that the target may read. */
  static void configure(Scenario scenario, String color) {
    scenario.cluster.put(
        Scenario.yaml(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: test}
            data: {color: %s}
            """
                .formatted(Setup.CONFIG, color)));
  }

  static void readConfig(Scenario scenario) {
    scenario.cluster.edit(
        Scenario.deploymentRef("podinfo"),
        tree ->
            ((ObjectNode) tree.at("/spec/template/spec/containers/0"))
                .set(
                    "envFrom",
                    Scenario.yaml("list: [{configMapRef: {name: settings}}]").tree().get("list")));
    scenario.follow();
  }

  /** The entry of a ConfigMap; empty when there is none. */
  static String color(Scenario scenario, String name) {
    KubeObject config = scenario.cluster.find(new ObjectRef("v1", "ConfigMap", "test", name));
    return config == null ? "" : config.text("", "data", "color");
  }

  static @Nullable KubeObject deployment(Scenario scenario, String name) {
    return scenario.cluster.get(Scenario.deploymentRef(name));
  }

  static String image(@Nullable KubeObject deployment) {
    return deployment == null
        ? ""
        : deployment.tree().at("/spec/template/spec/containers/0/image").stringValue("");
  }

  static void scale(Scenario scenario, int replicas) {
    scenario.cluster.edit(
        Scenario.deploymentRef("podinfo"),
        tree -> ((ObjectNode) tree.get("spec")).put("replicas", replicas));
    scenario.follow();
  }

  /** Somebody sends everybody back to the primary. */
  static void resetRoutes(Scenario scenario) {
    for (KubeObject route : routes(scenario)) {
      scenario.cluster.put(route);
    }
  }

  /** Somebody labels the routes. */
  static void labelRoutes(Scenario scenario, String value) {
    for (KubeObject route : routes(scenario)) {
      scenario.cluster.edit(
          route.ref(),
          tree ->
              ((ObjectNode) tree.get("metadata")).withObjectProperty("labels").put("team", value));
    }
  }

  private static List<KubeObject> routes(Scenario scenario) {
    Router router =
        new Routers(TrafficOptions.DEFAULT).find(scenario.canary().spec().provider()).orElseThrow();
    return router.desired(scenario.canary(), Split.PRIMARY, scenario.cluster).stream()
        .filter(route -> scenario.cluster.get(route.ref()) != null)
        .toList();
  }

  static void unannotate(Scenario scenario, String key) {
    scenario.edit(
        tree -> {
          if (tree.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(key);
          }
        });
  }

  static void deleteCanary(Scenario scenario) {
    scenario.edit(
        tree ->
            ((ObjectNode) tree.get("metadata")).put("deletionTimestamp", "2026-03-02T12:00:00Z"));
  }

  static void deletePrimary(Scenario scenario) {
    ObjectRef primary = Scenario.deploymentRef("podinfo-primary");
    scenario.cluster.remove(primary);
  }
}
