package io.serin.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Any Kubernetes object as its JSON tree. Immutable by convention: nobody changes {@code tree} in
 * place, {@link #with} edits a copy. Fields that are absent or of another type read as empty, zero
 * or false.
 */
public record KubeObject(ObjectNode tree) {

  /** An object with nothing but its identity; {@code namespace} may be empty. */
  public static KubeObject of(String apiVersion, String kind, String namespace, String name) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata = tree.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return new KubeObject(tree);
  }

  public static KubeObject of(ObjectRef ref) {
    return of(ref.apiVersion(), ref.kind(), ref.namespace(), ref.name());
  }

  public String apiVersion() {
    return text("", "apiVersion");
  }

  public String kind() {
    return text("", "kind");
  }

  public String namespace() {
    return text("", "metadata", "namespace");
  }

  public String name() {
    return text("", "metadata", "name");
  }

  public String uid() {
    return text("", "metadata", "uid");
  }

  public String resourceVersion() {
    return text("", "metadata", "resourceVersion");
  }

  /** Counts changes of the spec; 0 where the API server sets none. */
  public long generation() {
    return number(0, "metadata", "generation");
  }

  public Map<String, String> labels() {
    return texts("metadata", "labels");
  }

  public Map<String, String> annotations() {
    return texts("metadata", "annotations");
  }

  /** The annotation's value, empty when absent. */
  public String annotation(String key) {
    return text("", "metadata", "annotations", key);
  }

  public List<String> finalizers() {
    return list("metadata", "finalizers").stream()
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .toList();
  }

  public boolean isDeleting() {
    return deletionTimestamp() != null;
  }

  /**
   * When deletion was asked for, null while the object is wanted. An unreadable time counts as
   * asked for.
   */
  public @Nullable Instant deletionTimestamp() {
    JsonNode time = at("metadata", "deletionTimestamp");
    if (time.isMissingNode() || time.isNull()) {
      return null;
    }
    return instant(time, Instant.EPOCH);
  }

  public @Nullable Instant creationTimestamp() {
    return instant(at("metadata", "creationTimestamp"), null);
  }

  public ObjectRef ref() {
    return new ObjectRef(apiVersion(), kind(), namespace(), name());
  }

  /** The owner that controls this object, if any. */
  public Optional<OwnerRef> controllerOwner() {
    return list("metadata", "ownerReferences").stream()
        .filter(owner -> owner.path("controller").booleanValue(false))
        .findFirst()
        .map(KubeObject::ownerRef);
  }

  /** The node below this path, a MissingNode when any part of it is absent. */
  public JsonNode at(String... path) {
    JsonNode node = tree;
    for (String part : path) {
      node = node.path(part);
    }
    return node;
  }

  public boolean has(String... path) {
    JsonNode node = at(path);
    return !node.isMissingNode() && !node.isNull();
  }

  public String text(String otherwise, String... path) {
    return at(path).stringValue(otherwise);
  }

  /** A whole number; fractions are cut off. */
  public long number(long otherwise, String... path) {
    JsonNode node = at(path);
    return Fields.isFinite(node) ? node.decimalValue().longValue() : otherwise;
  }

  public boolean flag(boolean otherwise, String... path) {
    return at(path).booleanValue(otherwise);
  }

  /** The elements of a list, empty when there is none. */
  public List<JsonNode> list(String... path) {
    JsonNode node = at(path);
    return node.isArray() ? List.copyOf(node.values()) : List.of();
  }

  /** The string values of an object in their order; values of other types are left out. */
  public Map<String, String> texts(String... path) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : at(path).properties()) {
      if (entry.getValue().isString()) {
        texts.put(entry.getKey(), entry.getValue().stringValue());
      }
    }
    return Collections.unmodifiableMap(texts);
  }

  /** A deep copy of this object with the edit applied to it. */
  public KubeObject with(Consumer<ObjectNode> edit) {
    ObjectNode copy = tree.deepCopy();
    edit.accept(copy);
    return new KubeObject(copy);
  }

  private static OwnerRef ownerRef(JsonNode owner) {
    return new OwnerRef(
        owner.path("apiVersion").stringValue(""),
        owner.path("kind").stringValue(""),
        owner.path("name").stringValue(""),
        owner.path("uid").stringValue(""));
  }

  private static @Nullable Instant instant(JsonNode time, @Nullable Instant otherwise) {
    try {
      return Instant.parse(time.stringValue(""));
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
