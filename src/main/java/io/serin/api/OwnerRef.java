package io.serin.api;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The object that another object names as its controller in {@code metadata.ownerReferences}. */
public record OwnerRef(String apiVersion, String kind, String name, String uid) {

  /** That object as an owner. */
  public static OwnerRef of(KubeObject owner) {
    return new OwnerRef(owner.apiVersion(), owner.kind(), owner.name(), owner.uid());
  }

  /**
   * An entry of {@code metadata.ownerReferences}.
   *
   * @param controller false where the object has another controller already
   */
  public ObjectNode entry(boolean controller) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", apiVersion)
        .put("kind", kind)
        .put("name", name)
        .put("uid", uid)
        .put("controller", controller);
  }
}
