package io.serin.api;

import tools.jackson.databind.node.ObjectNode;

/** A Canary as the owner of what is made for it: such objects go when it goes. */
public final class CanaryOwner {
  private CanaryOwner() {}

  /** Makes the Canary the only owner of the object with this metadata, and its controller. */
  public static void own(ObjectNode metadata, Canary canary) {
    metadata.putArray("ownerReferences").add(reference(canary, true));
  }

  /**
   * An entry of {@code metadata.ownerReferences}.
   *
   * @param controller false where the object has another controller already
   */
  public static ObjectNode reference(Canary canary, boolean controller) {
    return new OwnerRef(
            Names.FLAGGER_API_VERSION, Names.CANARY, canary.name(), canary.metadata().uid())
        .entry(controller)
        .put("blockOwnerDeletion", controller);
  }

  /** Whether a Canary of this name controls the object. */
  public static boolean owns(Canary canary, KubeObject object) {
    return object.controllerOwner().filter(by -> isCanary(by, canary.name())).isPresent();
  }

  /** Whether some Canary controls the object. */
  public static boolean isOwned(KubeObject object) {
    return object.controllerOwner().filter(by -> by.kind().equals(Names.CANARY)).isPresent();
  }

  private static boolean isCanary(OwnerRef owner, String name) {
    return owner.kind().equals(Names.CANARY) && owner.name().equals(name);
  }
}
