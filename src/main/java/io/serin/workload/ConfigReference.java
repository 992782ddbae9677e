package io.serin.workload;

import io.serin.api.Names;
import io.serin.api.ObjectRef;

/**
 * A ConfigMap or Secret that pods read.
 *
 * @param optional pods start without it
 */
public record ConfigReference(Kind kind, String name, boolean optional) {

  /** What it is. */
  public enum Kind {
    CONFIG_MAP("ConfigMap"),
    SECRET("Secret");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The kind in the API. */
    public String wireName() {
      return wireName;
    }
  }

  /** Its key in {@code status.trackedConfigs}: {@code configmap/name} or {@code secret/name}. */
  public String key() {
    return key(kind, name);
  }

  static String key(Kind kind, String name) {
    return (kind == Kind.SECRET ? "secret/" : "configmap/") + name;
  }

  public ObjectRef source(String namespace) {
    return new ObjectRef("v1", kind.wireName, namespace, name);
  }

  /** The copy that the primary's pods read. */
  public ObjectRef copy(String namespace) {
    return new ObjectRef("v1", kind.wireName, namespace, Names.primary(name));
  }
}
