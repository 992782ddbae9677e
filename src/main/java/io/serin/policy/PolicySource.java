package io.serin.policy;

import io.serin.api.PromotionPolicySpec;
import io.serin.api.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that a policy is compiled from: its DRL files, sorted by name, so that the same files give
 * the same digest however they were found, and its settings.
 *
 * @param files the files
 * @param settings the settings
 */
public record PolicySource(List<DrlFile> files, Settings settings) {

  /** Sorts the files. */
  public PolicySource {
    files = files.stream().sorted(Comparator.comparing(DrlFile::name)).toList();
  }

  /** Without settings. */
  public PolicySource(List<DrlFile> files) {
    this(files, Settings.NONE);
  }

  /**
   * The policy of a directory: every {@code *.drl} below it, on top of what its {@code policy.yaml}
   * names.
   *
   * @throws PolicyException when there is none or it cannot be put together
   */
  public static PolicySource of(Path directory) {
    return of(PolicyFolder.read(directory));
  }

  /**
   * Puts a policy together, without what is switched off. Of rules of one name the later one stays:
   * the base, then packs, then its own. A policy without a base is one itself, under its packs.
   *
   * @throws PolicyException when packs, switched-off rules or settings do not fit
   */
  public static PolicySource of(PromotionPolicySpec spec) {
    List<DrlFile> own =
        spec.files().entrySet().stream().map(e -> new DrlFile(e.getKey(), e.getValue())).toList();
    PolicySource base =
        Packs.add(
            spec.buildsOnDefault() ? renamedDefault() : new PolicySource(List.of()), spec.packs());
    requireNamesOfTheirOwn(own, base);
    requireKnown(spec.without(), base, own);
    List<DrlFile> left = Composition.without(base.files(), spec.without());
    return new PolicySource(
        spec.buildsOnDefault() ? Composition.under(left, own) : Composition.under(own, left),
        base.settings().with(spec.settings()));
  }

  /** Whether a file is the policy's own: all that its base or a pack did not bring along. */
  public boolean isOwn(String file) {
    List<DrlFile> named = files.stream().filter(f -> f.name().equals(file)).toList();
    return named.isEmpty() || named.stream().anyMatch(DrlFile::own);
  }

  /** The default policy, with names of files that leave room for others. */
  static PolicySource renamedDefault() {
    return new PolicySource(
        BundledPolicy.compiled().source().files().stream()
            .map(file -> new DrlFile(Composition.BASE + file.name(), file.text(), false))
            .toList());
  }

  private static void requireNamesOfTheirOwn(List<DrlFile> own, PolicySource base) {
    Set<String> taken =
        base.files().stream().map(DrlFile::name).collect(Collectors.toCollection(TreeSet::new));
    List<String> findings =
        own.stream()
            .filter(file -> taken.contains(file.name()))
            .map(
                f ->
                    "file %s has the name of a file that it builds on; rename it"
                        .formatted(f.name()))
            .toList();
    if (!findings.isEmpty()) {
      throw new PolicyException(findings);
    }
  }

  private static void requireKnown(List<String> without, PolicySource base, List<DrlFile> own) {
    Set<String> known = Composition.names(base.files());
    Set<String> ours = Composition.names(own);
    List<String> findings = new ArrayList<>();
    for (String name : new TreeSet<>(without)) {
      if (!known.contains(name)) {
        findings.add(
            "without names rule '%s', which neither the base nor a pack has; take it out"
                .formatted(name));
      } else if (ours.contains(name)) {
        findings.add(
            "rule '%s' is switched off and replaced at once; do one of the two".formatted(name));
      }
    }
    if (!findings.isEmpty()) {
      throw new PolicyException(findings);
    }
  }

  /** Content digest: sixteen hexadecimal digits of SHA-256 over names, texts and settings. */
  public String digest() {
    MessageDigest sha = Sha256.start();
    for (DrlFile file : files) {
      add(sha, file.name());
      add(sha, file.text());
    }
    if (!settings.isEmpty()) {
      add(sha, settings.toString());
    }
    return Sha256.end(sha, 8);
  }

  private static void add(MessageDigest sha, String text) {
    sha.update(text.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
  }
}
