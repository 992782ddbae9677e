package io.serin.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The default policy with a pack, compiled once for all tests. */
public final class PackPolicies {

  private static final Policy DEFAULT = BundledPolicy.load();
  private static final Map<String, Policy> WITH = new ConcurrentHashMap<>();

  private PackPolicies() {}

  public static Policy with(String pack) {
    return WITH.computeIfAbsent(pack, p -> Policy.of(Packs.add(DEFAULT.source(), List.of(p))));
  }

  static Policy without() {
    return DEFAULT;
  }
}
