package io.serin.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Rules for Canaries: a {@code ClusterPromotionPolicy}, or a {@code PromotionPolicy} of one
 * namespace, which may only add caution.
 *
 * @param findings what was wrong with single fields
 */
public record PromotionPolicy(
    Metadata metadata,
    PromotionPolicySpec spec,
    PromotionPolicyStatus status,
    List<Finding> findings) {

  /** Copies the list. */
  public PromotionPolicy {
    findings = List.copyOf(findings);
  }

  /** Reads either kind, as leniently as a {@link Canary}. */
  public static PromotionPolicy of(KubeObject object) {
    List<Finding> findings = new ArrayList<>();
    Fields root = new Fields(object.tree(), "", findings);
    PromotionPolicySpec spec = root.objectOrEmpty("spec", PromotionPolicySpec::read);
    PromotionPolicyStatus status = root.objectOrEmpty("status", PromotionPolicyStatus::read);
    return new PromotionPolicy(Metadata.of(object), spec, status, findings);
  }
}
