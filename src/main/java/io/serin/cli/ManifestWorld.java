package io.serin.cli;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Unreadable;
import io.serin.api.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The objects of a YAML file as a cluster that holds nothing else. */
final class ManifestWorld implements World {

  private final Path file;
  private final Map<ObjectRef, KubeObject> objects = new LinkedHashMap<>();

  private ManifestWorld(Path file) {
    this.file = file;
  }

  /**
   * Reads every document of a file; an object without a namespace gets {@code namespace}.
   *
   * @throws CommandException when it cannot be read
   */
  static ManifestWorld read(Path file, String namespace) {
    ManifestWorld world = new ManifestWorld(file);
    try (MappingIterator<JsonNode> documents =
        YAMLMapper.shared().readerFor(JsonNode.class).readValues(Files.readString(file))) {
      while (documents.hasNext()) {
        if (documents.next() instanceof ObjectNode tree) {
          world.add(tree, namespace);
        }
      }
      return world;
    } catch (JacksonException e) {
      throw new CommandException("file " + file + " is no YAML: " + Unreadable.yaml(e), e);
    } catch (IOException e) {
      throw new CommandException(
          "file " + file + " cannot be read; name a file with the manifest of a Canary", e);
    }
  }

  /**
   * The one Canary of the file.
   *
   * @throws CommandException when there is none or more than one
   */
  Canary canary() {
    List<KubeObject> found =
        objects.values().stream().filter(o -> o.kind().equals(Names.CANARY)).toList();
    if (found.size() != 1) {
      throw new CommandException(
          "file " + file + " holds " + found.size() + " Canaries; name a file with one");
    }
    return Canary.of(found.getFirst());
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    return objects.get(ref);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    List<KubeObject> found = new ArrayList<>();
    for (KubeObject object : objects.values()) {
      if (object.apiVersion().equals(apiVersion)
          && object.kind().equals(kind)
          && (namespace.isEmpty() || object.namespace().equals(namespace))) {
        found.add(object);
      }
    }
    return found;
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return true;
  }

  private void add(ObjectNode tree, String namespace) {
    KubeObject object = new KubeObject(tree);
    if (object.namespace().isEmpty()) {
      object = object.with(copy -> copy.withObject("metadata").put("namespace", namespace));
    }
    objects.put(object.ref(), object);
  }
}
