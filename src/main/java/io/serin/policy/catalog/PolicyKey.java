package io.serin.policy.catalog;

/**
 * Where a policy is from.
 *
 * @param origin sort of place
 * @param namespace namespace whose Canaries it may add caution to; empty for a cluster policy
 * @param name its name
 */
public record PolicyKey(Origin origin, String namespace, String name) {

  /** The sorts of place; of two cluster policies of one name the first here is the one meant. */
  public enum Origin {
    /** A {@code ClusterPromotionPolicy} or a {@code PromotionPolicy}. */
    RESOURCE("policy"),
    /** A labelled ConfigMap. */
    CONFIG_MAP("ConfigMap"),
    /** A directory of the controller. */
    DIRECTORY("directory");

    private final String words;

    Origin(String words) {
      this.words = words;
    }
  }

  /** It is for one namespace, and may only add caution. */
  public boolean namespaced() {
    return !namespace.isEmpty();
  }

  /** What people call it, such as {@code shop/strict}. */
  public String title() {
    return namespaced() ? namespace + "/" + name : name;
  }

  /** {@code ConfigMap shop/strict}. */
  @Override
  public String toString() {
    return origin.words + " " + title();
  }
}
