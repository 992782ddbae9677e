package io.serin.cluster;

import static java.util.Objects.requireNonNull;

import io.serin.api.KubeObject;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An object as a cache keeps it: the bytes of its JSON, a tenth of what the tree takes. The tree is
 * made when it is asked for and kept while memory allows.
 */
final class Stored {
  private final String resourceVersion;
  private final byte @Nullable [] json;

  /** Set when there are no bytes. */
  private final @Nullable KubeObject held;

  private volatile @Nullable SoftReference<KubeObject> parsed;

  /** Keeps the array; the caller does not change it. */
  Stored(String resourceVersion, byte[] json) {
    this.resourceVersion = resourceVersion;
    this.json = json;
    this.held = null;
  }

  private Stored(KubeObject object) {
    this.resourceVersion = object.resourceVersion();
    this.json = null;
    this.held = object;
  }

  /** For long: as bytes. */
  static Stored of(KubeObject object) {
    return new Stored(
        object.resourceVersion(), JsonMapper.shared().writeValueAsBytes(object.tree()));
  }

  /** For the moment until the watch brings it: as it is. */
  static Stored brief(KubeObject object) {
    return new Stored(object);
  }

  String resourceVersion() {
    return resourceVersion;
  }

  /** The resource version as the number it is, 0 when it is none. */
  long version() {
    return version(resourceVersion);
  }

  KubeObject object() {
    SoftReference<KubeObject> reference = parsed;
    KubeObject known = reference == null ? held : reference.get();
    if (known == null) {
      known = new KubeObject(JsonMapper.shared().readTree(requireNonNull(json)).asObject());
      parsed = new SoftReference<>(known);
    }
    return known;
  }

  /**
   * A resource version as a number. <a
   * href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">API
   * conventions</a> let clients compare those of one kind.
   */
  static long version(@Nullable String resourceVersion) {
    try {
      return resourceVersion == null ? 0 : Long.parseLong(resourceVersion);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
