package io.serin.testing;

import io.serin.api.KubeObject;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects as people write them. */
public final class Manifest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Manifest() {}

  /** The one object of this YAML. */
  public static KubeObject of(String yaml) {
    return new KubeObject((ObjectNode) YAML.readTree(yaml));
  }
}
