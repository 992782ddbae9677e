package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.CanaryStatusBuilder;
import io.serin.api.KubeObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** YAML to trees, and Canaries from the examples. */
final class Trees {
  static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(
              YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();
  private static final Path EXAMPLES = Path.of("examples", "canaries");

  private Trees() {}

  static ObjectNode tree(String yaml) {
    return (ObjectNode) YAML.readTree(yaml);
  }

  static KubeObject object(String yaml) {
    return new KubeObject(tree(yaml));
  }

  /** All documents of a file below {@code src/test/resources/traffic}. */
  static List<KubeObject> resource(String name) {
    return YAML
        .readerFor(JsonNode.class)
        .<JsonNode>readValues(read(Path.of("src/test/resources/traffic", name)))
        .readAll()
        .stream()
        .map(node -> new KubeObject((ObjectNode) node))
        .toList();
  }

  static KubeObject example(String name) {
    return object(read(EXAMPLES.resolve(name + ".yaml")))
        .with(tree -> ((ObjectNode) tree.get("metadata")).put("uid", "c0ffee"));
  }

  /** The example with some YAML laid over its {@code spec}; null removes a field. */
  static Canary canary(String example, String spec) {
    KubeObject object = example(example);
    ObjectNode wanted = Json.object();
    wanted.set("spec", spec.isEmpty() ? Json.object() : tree(spec));
    return Canary.of(new KubeObject((ObjectNode) Overlay.deep(object.tree(), wanted)));
  }

  static Canary canary(String example) {
    return canary(example, "");
  }

  static Canary with(Canary canary, UnaryOperator<CanaryStatusBuilder> status) {
    return new Canary(
        canary.metadata(),
        canary.spec(),
        status.apply(canary.status().change()).build(),
        canary.findings());
  }

  static Canary inRun(Canary canary) {
    return with(
        canary,
        status ->
            status
                .sessionAffinityCookie("shop-canary=QwErTyUiOp")
                .primarySessionAffinityCookie("shop-primary=AsDfGhJkLz"));
  }

  static Canary afterRun(Canary canary) {
    return with(
        canary,
        status ->
            status
                .sessionAffinityCookie("")
                .previousSessionAffinityCookie("shop-canary=QwErTyUiOp")
                .primarySessionAffinityCookie("shop-primary=AsDfGhJkLz"));
  }

  static Router router(String provider) {
    return new Routers(TrafficOptions.DEFAULT).find(provider).orElseThrow();
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
