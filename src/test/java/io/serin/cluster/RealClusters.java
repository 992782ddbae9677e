package io.serin.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.serin.testing.KubeApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prepares a real API server as an installation would. */
final class RealClusters {
  private RealClusters() {}

  /** Applies the custom resource definitions and waits until they are served. */
  static void installDefinitions(KubernetesClient admin) {
    for (String file : List.of("canaries", "metrictemplates", "alertproviders")) {
      apply(admin, Path.of("crds", file + ".yaml"));
    }
    for (String kind : List.of("Canary", "MetricTemplate", "AlertProvider")) {
      org.awaitility.Awaitility.await()
          .until(() -> new Kinds(admin).find("flagger.app/v1beta1", kind) != null);
    }
  }

  /** Gives the controller's user what the installation gives its service account. */
  static void grant(KubernetesClient admin) {
    for (HasMetadata object : load(admin, Path.of("deploy/kustomize/base/rbac.yaml"))) {
      if (object instanceof ClusterRole role) {
        admin.resource(role).createOr(NonDeletingOperation::update);
      }
    }
    admin
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("serin-under-test")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "serin")
                .addNewSubject("rbac.authorization.k8s.io", "User", KubeApiServer.CONTROLLER, null)
                .build())
        .createOr(NonDeletingOperation::update);
  }

  static void apply(KubernetesClient admin, Path file) {
    load(admin, file)
        .forEach(object -> admin.resource(object).createOr(NonDeletingOperation::update));
  }

  private static List<HasMetadata> load(KubernetesClient admin, Path file) {
    try (InputStream yaml = Files.newInputStream(file)) {
      return admin.load(yaml).items();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
