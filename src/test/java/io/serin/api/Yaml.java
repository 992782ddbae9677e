package io.serin.api;

import io.serin.testing.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects for tests, from text blocks and from files. */
final class Yaml {
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private Yaml() {}

  static KubeObject object(String yaml) {
    return Manifest.of(yaml);
  }

  static KubeObject resource(String name) {
    try (InputStream in = Yaml.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new KubeObject((ObjectNode) MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KubeObject file(Path path) {
    return new KubeObject((ObjectNode) MAPPER.readTree(path));
  }

  /** A valid progressive Canary with these lines in place of the steps of its analysis. */
  static Canary analysing(String analysis) {
    return Canary.of(object(CANARY + "  analysis:\n" + analysis.indent(4)));
  }

  static final String CANARY =
      """
      apiVersion: flagger.app/v1beta1
      kind: Canary
      metadata: {name: shop, namespace: web}
      spec:
        targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
        service: {port: 80}
      """;
}
