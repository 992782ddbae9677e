package io.serin.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder that {@code KUBEBUILDER_ASSETS} names, after the convention of envtest.
 *
 * @see <a href="https://book.kubebuilder.io/reference/envtest">envtest</a>
 */
record KubeAssets(Path folder) {
  static final String VARIABLE = "KUBEBUILDER_ASSETS";

  static KubeAssets fromEnvironment() {
    String problem = problem(System.getenv());
    if (problem != null) {
      throw new IllegalStateException(problem);
    }
    return new KubeAssets(Path.of(System.getenv(VARIABLE)).toAbsolutePath());
  }

  /**
   * Why there are no assets, or null when there are. A folder that is named but lacks a program is
   * a mistake rather than a reason to skip, hence an exception.
   */
  static @Nullable String problem(Map<String, String> environment) {
    String folder = environment.getOrDefault(VARIABLE, "");
    if (folder.isBlank()) {
      return VARIABLE
          + " is not set; let it name a folder with etcd and kube-apiserver"
          + " (setup-envtest use -p path prints one)";
    }
    for (String name : List.of("etcd", "kube-apiserver")) {
      if (!Files.isExecutable(Path.of(folder, name))) {
        throw new IllegalStateException(
            "%s=%s has no program %s; fix or unset it".formatted(VARIABLE, folder, name));
      }
    }
    return null;
  }

  String etcd() {
    return folder.resolve("etcd").toString();
  }

  String apiServer() {
    return folder.resolve("kube-apiserver").toString();
  }

  /** The controller manager is optional. */
  boolean hasControllerManager() {
    return Files.isExecutable(Path.of(controllerManager()));
  }

  String controllerManager() {
    return folder.resolve("kube-controller-manager").toString();
  }
}
