package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.testing.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects of the folder {@code workload} among the test resources, and golden files in it. */
final class Samples {
  static final Map<String, String> CONFIGS =
      Map.of(
          "configmap/colors", "c1",
          "configmap/files", "c2",
          "configmap/settings", "c3",
          "secret/db", "c4",
          "secret/tls", "c5");

  private static final Path FOLDER = Path.of("src/test/resources/workload");
  private static final YAMLMapper YAML = new YAMLMapper();

  private Samples() {}

  static KubeObject object(String name) {
    return Manifest.of(text(name));
  }

  static KubeObject deployment() {
    return object("deployment");
  }

  /** Port discovery, no autoscaler. */
  static Canary canary() {
    return Canary.of(object("canary"));
  }

  /** Every field of the service block, and an autoscaler. */
  static Canary richCanary() {
    return Canary.of(object("canary-rich"));
  }

  static KubeObject parse(String yaml) {
    return Manifest.of(yaml);
  }

  static Canary changed(Canary canary, String specField, Object value) {
    KubeObject object = object(canary.spec().autoscalerRef() == null ? "canary" : "canary-rich");
    return Canary.of(
        object.with(
            tree -> ((ObjectNode) tree.path("spec")).set(specField, YAML.valueToTree(value))));
  }

  /** The text of a golden file; written anew under {@code -Dgolden=write}. */
  static String golden(String name, List<KubeObject> actual) {
    if ("write".equals(System.getProperty("golden"))) {
      write(FOLDER.resolve("golden").resolve(name + ".yaml"), yaml(actual));
    }
    return text("golden/" + name);
  }

  static String yaml(List<KubeObject> objects) {
    StringBuilder text = new StringBuilder();
    objects.forEach(object -> text.append(YAML.writeValueAsString(object.tree())));
    return text.toString();
  }

  private static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".yaml"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
