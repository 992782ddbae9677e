package io.serin.policy;

import java.util.List;
import java.util.Map;

/**
 * A policy as byte code, ready to be loaded.
 *
 * @param source what it was compiled from
 * @param digest content digest of its source
 * @param rules its rules in the order of the files
 * @param classes byte code by class name
 */
public record CompiledPolicy(
    PolicySource source, String digest, List<RuleInfo> rules, Map<String, byte[]> classes) {

  /** Copies the collections. */
  public CompiledPolicy {
    rules = List.copyOf(rules);
    classes = Map.copyOf(classes);
  }
}
