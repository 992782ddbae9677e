package io.serin.workload;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Sha256;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Revisions of pod templates: {@code s1-} and twelve hex digits. Flagger's revisions have no such
 * prefix, so the two are never taken for each other.
 */
public final class Revisions {
  private static final String PREFIX = "s1-";
  private static final int BYTES = 6;
  private static final JsonMapper JSON = JsonMapper.shared();

  private Revisions() {}

  /**
   * The revision of a JSON tree. Neither the order of keys nor a null counts: API servers of
   * different releases differ in which empty fields they write.
   */
  static String of(JsonNode tree) {
    return PREFIX + Sha256.of(JSON.writeValueAsString(canonical(tree)), BYTES);
  }

  /** Whether another controller wrote this revision, in an encoding of its own. */
  public static boolean isForeign(String revision) {
    return !revision.isEmpty() && !revision.startsWith(PREFIX);
  }

  /** The digits of a revision, for use in names. */
  static String digits(String revision) {
    return revision.startsWith(PREFIX) ? revision.substring(PREFIX.length()) : revision;
  }

  /**
   * The revision that a primary was derived from with this tracked configuration; empty when there
   * is no primary, it carries none, or it was derived with other configuration.
   */
  public static String carried(@Nullable KubeObject primary, Map<String, String> configs) {
    if (primary == null || !primary.annotation(Names.CONFIGS).equals(digest(configs))) {
      return "";
    }
    return primary.annotation(Names.REVISION);
  }

  /**
   * An existing primary, marked as being of this revision and otherwise left as it is: for one that
   * another controller derived, so that taking over restarts no pod.
   */
  public static KubeObject adopted(
      KubeObject primary, String revision, Map<String, String> configs) {
    return primary.with(tree -> mark(Trees.object(tree, "metadata"), revision, configs));
  }

  static void mark(ObjectNode metadata, String revision, Map<String, String> configs) {
    ObjectNode annotations = Trees.object(metadata, "annotations");
    annotations.put(Names.REVISION, revision);
    if (configs.isEmpty()) {
      annotations.remove(Names.CONFIGS);
    } else {
      annotations.put(Names.CONFIGS, digest(configs));
    }
  }

  private static String digest(Map<String, String> configs) {
    return configs.isEmpty() ? "" : Sha256.of(new TreeMap<>(configs).toString(), BYTES);
  }

  private static JsonNode canonical(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> sorted(object);
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.values().forEach(element -> copy.add(canonical(element)));
        yield copy;
      }
      default -> node;
    };
  }

  private static ObjectNode sorted(ObjectNode object) {
    Map<String, JsonNode> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getValue().isNull()) {
        fields.put(field.getKey(), canonical(field.getValue()));
      }
    }
    return JsonNodeFactory.instance.objectNode().setAll(fields);
  }
}
