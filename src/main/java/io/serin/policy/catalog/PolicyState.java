package io.serin.policy.catalog;

import io.serin.api.Condition;
import io.serin.api.PromotionPolicySpec;
import io.serin.api.PromotionPolicyStatus;
import io.serin.policy.Policy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a policy. A version that cannot be used never replaces one that can: the last good
 * one stays active.
 *
 * @param newest its newest version
 * @param stage how far the newest version got
 * @param findings why the newest version is refused, one line each
 * @param active the version that decides; null while there is none
 * @param lastUsed when it last decided; null for not yet
 */
public record PolicyState(
    PolicyDefinition newest,
    Stage stage,
    List<String> findings,
    @Nullable Active active,
    @Nullable Instant lastUsed) {

  /** Copies the list. */
  public PolicyState {
    findings = List.copyOf(findings);
  }

  /** How far a version got. */
  public enum Stage {
    /** It is being compiled and tested. */
    COMPILING,
    /** It is the active one. */
    ACTIVE,
    /** It cannot be used. */
    REFUSED,
    /** It is switched off. */
    OFF
  }

  /**
   * A version that compiled and passed its tests.
   *
   * @param spec what it says about itself
   * @param policy its rules
   */
  public record Active(PromotionPolicySpec spec, Policy policy) {}

  static PolicyState fresh(PolicyDefinition definition) {
    return new PolicyState(definition, Stage.COMPILING, List.of(), null, null);
  }

  PolicyState compiling(PolicyDefinition definition) {
    return new PolicyState(definition, Stage.COMPILING, List.of(), active, lastUsed);
  }

  PolicyState off(PolicyDefinition definition) {
    return new PolicyState(definition, Stage.OFF, List.of(), null, lastUsed);
  }

  PolicyState activated(Policy policy) {
    return new PolicyState(
        newest, Stage.ACTIVE, List.of(), new Active(newest.spec(), policy), lastUsed);
  }

  PolicyState refused(List<String> why) {
    return new PolicyState(newest, Stage.REFUSED, why, active, lastUsed);
  }

  /** Refused, while an earlier version is active; that one only if there is none already. */
  PolicyState restored(Active earlier, List<String> why) {
    return new PolicyState(newest, Stage.REFUSED, why, active == null ? earlier : active, lastUsed);
  }

  PolicyState used(Instant at) {
    return new PolicyState(newest, stage, findings, active, at);
  }

  /** What it says about itself: the active version, or the newest one before there is any. */
  PromotionPolicySpec spec() {
    return active == null ? newest.spec() : active.spec();
  }

  /** As its author is told it. */
  public PromotionPolicyStatus status() {
    boolean ready = stage == Stage.ACTIVE;
    String reason =
        switch (stage) {
          case COMPILING -> "Compiling";
          case ACTIVE -> "Active";
          case REFUSED -> "Refused";
          case OFF -> "Off";
        };
    return new PromotionPolicyStatus(
        newest.generation(),
        ready,
        digest(),
        findings,
        lastUsed,
        List.of(
            new Condition(
                PromotionPolicyStatus.READY,
                ready ? "True" : "False",
                reason,
                findings.isEmpty() ? "" : findings.getFirst(),
                null,
                null)));
  }

  /** Where it is from. */
  public PolicyKey key() {
    return newest.key();
  }

  /** Digest of the active version; empty while there is none. */
  public String digest() {
    return active == null ? "" : active.policy().digest();
  }
}
