package io.serin.cluster;

import io.serin.api.KubeObject;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as a cache keeps it: the bytes of its JSON, a tenth of what the tree takes. The tree is
 * made when it is asked for and kept while memory allows.
 */
final class Stored {
  private final String resourceVersion;
  private final byte[] json;
  private volatile @Nullable SoftReference<KubeObject> object;

  /** Keeps the array; the caller does not change it. */
  Stored(String resourceVersion, byte[] json) {
    this.resourceVersion = resourceVersion;
    this.json = json;
  }

  static Stored of(KubeObject object) {
    Stored stored =
        new Stored(object.resourceVersion(), JsonMapper.shared().writeValueAsBytes(object.tree()));
    stored.object = new SoftReference<>(object);
    return stored;
  }

  String resourceVersion() {
    return resourceVersion;
  }

  /** The resource version as the number it is, 0 when it is none. */
  long version() {
    return version(resourceVersion);
  }

  KubeObject object() {
    SoftReference<KubeObject> reference = object;
    KubeObject known = reference == null ? null : reference.get();
    if (known == null) {
      known = new KubeObject((ObjectNode) JsonMapper.shared().readTree(json));
      object = new SoftReference<>(known);
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
